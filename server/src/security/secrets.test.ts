import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config/read-config.ts';
import { createLogger } from '../log/logger.ts';
import { startServer } from '../serve.ts';
import { keptSecret } from './secrets.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearreel-secrets-'));
});

afterAll(() => rm(folder, { recursive: true }));

const logger = createLogger('silent');

const configOf = (environment: Readonly<Record<string, string>>) =>
  readConfig({ CLEARREEL_DATA: folder, PORT: '0', CLEARREEL_PROVIDERS: 'cpu', ...environment });

describe('server 10. secrets', () => {
  test('server 10.60 are made once, and only their owner may read them', async () => {
    const other = join(folder, 'link-key');
    const first = await keptSecret(folder, 'link-key');
    expect(first).toMatchObject({ isNew: true, value: expect.stringMatching(/^[\w-]{43}$/) });
    expect(await keptSecret(folder, 'link-key')).toEqual({ ...first, isNew: false });
    expect((await stat(other)).mode & 0o777).toBe(0o600);
  });

  test('server 10.61 a token that is made is told at the first start only, and holds at the next', async () => {
    const start = () =>
      startServer(configOf({ HOST: '0.0.0.0', CLEARREEL_TOKEN: 'generate' }), logger);
    const first = await start();
    await first.stop();
    expect(first.newToken).toMatch(/^[\w-]{43}$/);
    const second = await start();
    expect(second.newToken).toBeNull();
    const ask = (token: string) =>
      fetch(`${second.url.replace('0.0.0.0', '127.0.0.1')}/api/v1/jobs`, {
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await ask(first.newToken ?? '')).status).toBe(200);
    expect((await ask('another-token-that-is-long')).status).toBe(401);
    await second.stop();
  });

  test('server 10.62 a port that is taken ends the start, and leaves the data folder free', async () => {
    const first = await startServer(configOf({}), logger);
    const { port } = new URL(first.url);
    const elsewhere = await mkdtemp(join(tmpdir(), 'clearreel-secrets-'));
    const second = configOf({ PORT: port, CLEARREEL_DATA: elsewhere });
    await expect(startServer(second, logger)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.stop();
    const third = await startServer(configOf({ CLEARREEL_DATA: elsewhere }), logger);
    await third.stop();
    await rm(elsewhere, { recursive: true });
  });

  test('server 10.63 a data folder that another server has is refused', async () => {
    const first = await startServer(configOf({}), logger);
    await expect(startServer(configOf({}), logger)).rejects.toMatchObject({ code: 'STORE_BUSY' });
    await first.stop();
  });

  test('server 10.64 a data folder that cannot be one is named by a code', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const config = configOf({ CLEARREEL_DATA: file });
    await expect(startServer(config, logger)).rejects.toMatchObject({ code: 'STORAGE_DENIED' });
  });

  test('server 10.65 an address that is not of this machine is the fault of that setting', async () => {
    const config = configOf({ HOST: '192.0.2.1', CLEARREEL_TOKEN: 'generate' });
    await expect(startServer(config, logger)).rejects.toMatchObject({
      code: 'SETTING_INVALID',
      detail: { option: 'HOST' },
    });
  });
});
