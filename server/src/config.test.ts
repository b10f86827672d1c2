import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('2.2.1 the server listens on loopback port 4173 unless told otherwise', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 4173 });
  expect(readConfig({ HOST: '::1', PORT: '8080' })).toMatchObject({ host: '::1', port: 8080 });
});

test.each(['web', '-1', '65536', '80.5'])('2.2.2 PORT=%s is refused with a stable code', (port) => {
  expect(() => readConfig({ PORT: port })).toThrow(/^config_invalid: PORT must be/);
});
