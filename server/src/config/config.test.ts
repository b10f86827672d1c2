import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './read-config.ts';

test('2.2.1 the server listens on loopback port 4173 unless told otherwise', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 4173 });
  expect(readConfig({ HOST: '::1', PORT: '8080' })).toMatchObject({ host: '::1', port: 8080 });
});

test.each(['web', '-1', '65536', '80.5'])('2.2.2 PORT=%s is refused with a stable code', (port) => {
  expect(() => readConfig({ PORT: port })).toThrow(
    expect.objectContaining({
      code: 'SETTING_INVALID',
      message: expect.stringMatching(/^The setting PORT is not valid: it must be /),
    }),
  );
});

describe('server 10. settings', () => {
  test('server 10.1 have defaults, and nothing given counts as not given', () => {
    expect(readConfig({ CLEARREEL_TOKEN: '', PORT: '' })).toEqual({
      host: '127.0.0.1',
      port: 4173,
      dataFolder: join(homedir(), '.local/share/clearreel'),
      token: null,
      hosts: [],
      origins: [],
      servers: [],
      trustedProxies: 0,
      providers: ['cuda', 'webgpu', 'cpu'],
      workers: null,
      uploadLimitBytes: 5e9,
      uploadHours: 24,
      linkMinutes: 60,
      retentionDays: 30,
      leftoverDays: 1,
      keptFreeBytes: 2e9,
      requestsPerMinute: 600,
      logLevel: 'info',
    });
    expect(readConfig({ XDG_DATA_HOME: '/srv/data' }).dataFolder).toBe('/srv/data/clearreel');
  });

  test('server 10.2 that are wrong are named, with what they must be', () => {
    const wrong = {
      CLEARREEL_PROVIDERS: ['cuda,tpu', 'one of cuda, webgpu, cpu'],
      CLEARREEL_UPLOAD_LIMIT_GB: ['much', 'of the type number'],
      CLEARREEL_UPLOAD_HOURS: ['0', 'more than 0'],
      CLEARREEL_HOSTS: ['gpu.example,https://app.example', 'a list of host names without'],
      CLEARREEL_ORIGINS: ['app.example', 'of the type URL'],
      CLEARREEL_LINK_MINUTES: ['99999', 'at most 10080'],
      CLEARREEL_LOG_LEVEL: ['loud', 'one of fatal'],
      CLEARREEL_SERVERS: ['https://*.gpu.example', 'of the type URL'],
      CLEARREEL_TOKEN: ['too short', '“generate”, or 16 to 256'],
    };
    for (const [option, [value = '', mustBe = '']] of Object.entries(wrong)) {
      expect(() => readConfig({ [option]: value }), option).toThrow(
        expect.objectContaining({
          code: 'SETTING_INVALID',
          message: expect.stringContaining(
            `The setting ${option} is not valid: it must be ${mustBe}`,
          ),
        }),
      );
    }
  });

  test('server 10.14 host names may be addresses of both kinds', () => {
    const { hosts } = readConfig({ CLEARREEL_HOSTS: 'gpu.example, 10.0.0.5, ::1' });
    expect(hosts).toEqual(['gpu.example', '10.0.0.5', '::1']);
  });

  test.each(['0.0.0.0', '::', '192.168.1.5', 'video.example', '128.0.0.1'])(
    'server 10.3 let %s be listened on only with a token',
    (host) => {
      expect(() => readConfig({ HOST: host })).toThrow(/CLEARREEL_TOKEN .* others can reach/);
      expect(readConfig({ HOST: host, CLEARREEL_TOKEN: 'generate' })).toMatchObject({ host });
    },
  );

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])(
    'server 10.4 need no token for %s',
    (host) => {
      expect(readConfig({ HOST: host }).token).toBeNull();
    },
  );

  test('server 10.5 take origins as people write them', () => {
    const origins = 'https://app.example/, http://HOST.example:80/page';
    const { origins: read, servers } = readConfig({
      CLEARREEL_ORIGINS: origins,
      CLEARREEL_SERVERS: origins,
    });
    expect(read).toEqual(['https://app.example', 'http://host.example']);
    expect(servers).toEqual(read);
  });
});
