import { request as httpRequest } from 'node:http';
import { apiBase, type Operation } from '@clearreel/shared/api/operation';
import { operations } from '@clearreel/shared/api/operations';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from '../app.testing.ts';
import { openApiDocument } from '../openapi/document.ts';
import { Links } from './links.ts';

const token = 'a-token-that-is-long-enough';
const someId = '00000000-0000-4000-8000-000000000000';

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
}

/** `fetch` lets nobody choose `Host` and `Origin`. */
function ask(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, method, path, headers }, async (response) => {
      const type = response.headers['content-type'] ?? '';
      if (type.startsWith('text/event-stream')) {
        response.destroy();
        return resolve({ status: response.statusCode ?? 0, code: undefined });
      }
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      const isJson = type.startsWith('application/json');
      resolve({
        status: response.statusCode ?? 0,
        code: isJson && body ? JSON.parse(body).error?.code : undefined,
      });
    })
      .once('error', reject)
      .end();
  });
}

const documented = Object.entries(openApiDocument('0').paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => ({
    operationId,
    method: method.toUpperCase(),
    path: `${apiBase}${path.replaceAll(/\{\w+\}/g, someId)}`,
    access: (operations as Readonly<Record<string, Operation>>)[operationId]?.access,
  })),
);

describe('server 10. a server with a token', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp({ token });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  test.each(documented.filter(({ access }) => access === 'token'))(
    'server 10.10 does not let $operationId be used without it, or with another',
    async ({ method, path }) => {
      const wrong = ['', 'Bearer', 'Bearer wrong', `Bearer ${token}x`, `Basic ${token}`, token];
      for (const authorization of wrong) {
        const answer = await ask(app.port, method, path, { authorization });
        expect(answer.status, authorization).toBe(401);
      }
      const allowed = await ask(app.port, method, path, { authorization: `Bearer ${token}` });
      expect(allowed.status).not.toBe(401);
    },
  );

  test.each(documented.filter(({ access }) => access === 'link'))(
    'server 10.11 does not let $operationId be used without a signature of its own',
    async ({ method, path }) => {
      for (const query of ['', '?expires=9999999999&signature=AAAA', '?expires=9999999999']) {
        const { status } = await ask(app.port, method, `${path}${query}`, {
          authorization: `Bearer ${token}`,
        });
        expect(status, query).toBe(403);
      }
    },
  );

  test.each(documented)(
    'server 7.5 $operationId is there, as it is described',
    async (described) => {
      const { method, path, access } = described;
      const address =
        access === 'link'
          ? app.services.links.make(
              path.slice(apiBase.length).replace(/(frames|previews\/.+)\/.+$/, '$1/after'),
            )
          : path;
      const answer = await ask(app.port, method, address, { authorization: `Bearer ${token}` });
      expect(['ADDRESS_UNKNOWN', 'LINK_INVALID', 'TOKEN_WRONG']).not.toContain(answer.code);
    },
  );

  test('server 10.12 lets nothing be reached that is not declared to be free', async () => {
    const free = documented.filter(({ access }) => access === 'public').map(({ path }) => path);
    expect(free).toEqual(
      ['/health/live', '/health/ready', '/openapi.json'].map((path) => `${apiBase}${path}`),
    );
    for (const path of [
      '/nothing',
      '/health',
      '/health/live/x',
      '/docs/x',
      '/JOBS',
      '//jobs',
      '/%6aobs',
    ]) {
      expect(await ask(app.port, 'GET', `${apiBase}${path}`)).toEqual({
        status: 401,
        code: 'TOKEN_WRONG',
      });
    }
  });

  test('server 10.13 shows its page to everyone', async () => {
    expect((await ask(app.port, 'POST', '/share')).status).toBe(303);
  });
});

describe('server 10. names', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp({
      hosts: ['video.example'],
      origins: ['https://app.example'],
    });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const docs = `${apiBase}/docs`;

  test.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '@',
    'a b',
    '127.0.0.1.evil.example',
  ])(
    'server 10.20 that are not the server’s own are refused on every address: %s',
    async (host) => {
      for (const path of ['/', docs, `${apiBase}/health/live`]) {
        const { status } = await ask(app.port, 'GET', path, { host });
        expect([400, 421]).toContain(status);
      }
    },
  );

  test.each([
    'localhost',
    'LOCALHOST:4173',
    '127.0.0.1:1',
    '[::1]:4173',
    '192.168.1.7',
    'video.example',
  ])('server 10.21 that no page elsewhere can have are the server’s own: %s', async (host) => {
    expect((await ask(app.port, 'GET', docs, { host })).status).toBe(200);
  });

  test('server 10.22 of other origins may change nothing, whatever they send it as', async () => {
    for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null', 'x']) {
      const answer = await ask(app.port, 'POST', `${apiBase}/jobs`, {
        origin,
        'content-type': 'text/plain',
      });
      expect(answer).toEqual({ status: 403, code: 'ORIGIN_REFUSED' });
    }
  });

  test('server 10.23 of the server itself and of allowed origins may', async () => {
    for (const origin of [app.origin, 'https://app.example']) {
      const answer = await ask(app.port, 'POST', `${apiBase}/jobs`, { origin });
      expect(answer.code).not.toBe('ORIGIN_REFUSED');
    }
  });

  test('server 10.24 of allowed origins, and no others, are told so before they send', async () => {
    const preflight = (origin: string) =>
      fetch(`${app.origin}${apiBase}/jobs`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://app.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
    const other = await preflight('https://evil.example');
    expect(other.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('server 10. limits', () => {
  test('server 10.30 bound what one client asks in a minute, and say when to come back', async () => {
    await using app = await runApp({ requestsPerMinute: 3 });
    const answers = [];
    for (let count = 0; count < 4; count++)
      answers.push(await fetch(`${app.origin}${apiBase}/docs`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]?.headers.get('retry-after')).toBe('60');
    expect((await fetch(`${app.origin}${apiBase}/health/live`)).status).toBe(200);
  });

  test('server 10.31 bound bodies and headers', async () => {
    await using app = await runApp();
    const large = await fetch(`${app.origin}${apiBase}/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ spec: 'x'.repeat(300_000) }),
    });
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({
      error: { code: 'REQUEST_TOO_LARGE', detail: { limitBytes: 262_144 } },
    });
    const headers = await ask(app.port, 'GET', '/', { 'x-large': 'x'.repeat(20_000) });
    expect(headers.status).toBe(431);
  });

  test('server 10.32 refuse what is no JSON, with a code and without a stack', async () => {
    await using app = await runApp();
    const response = await fetch(`${app.origin}${apiBase}/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"spec":',
    });
    const body = await response.text();
    expect(response.status).toBe(400);
    expect(JSON.parse(body).error).toMatchObject({
      code: 'REQUEST_UNREADABLE',
      requestId: response.headers.get('x-request-id'),
    });
    expect(body).not.toMatch(/node_modules|\.ts:|at /);
  });
});

describe('server 10. addresses', () => {
  test('server 10.33 say which methods they take', async () => {
    await using app = await runApp();
    const answerTo = async (method: string, path: string) => {
      const response = await fetch(`${app.api}${path}`, { method });
      return [response.status, response.headers.get('allow'), (await response.json()).error.code];
    };
    const refused = 'METHOD_REFUSED';
    expect(await answerTo('PUT', '/jobs')).toEqual([405, 'POST, GET, HEAD', refused]);
    expect(await answerTo('POST', `/jobs/${someId}`)).toEqual([405, 'GET, DELETE, HEAD', refused]);
    expect(await answerTo('GET', `/jobs/${someId}/cancel`)).toEqual([405, 'POST', refused]);
    expect(await answerTo('PUT', '/nothing')).toEqual([404, null, 'ADDRESS_UNKNOWN']);
  });
});

describe('server 6. links', () => {
  const key = 'key';
  const parse = (link: string) => {
    const { pathname, searchParams } = new URL(link, 'http://host');
    return {
      path: pathname.slice(apiBase.length),
      signed: {
        expires: Number(searchParams.get('expires')),
        signature: String(searchParams.get('signature')),
      },
    };
  };

  test('server 6.1 hold for their time and no longer', () => {
    let nowMs = 1_000_000;
    const links = new Links(key, 60, () => nowMs);
    const { path, signed } = parse(links.make('/jobs/1/result'));
    expect(path).toBe('/jobs/1/result');
    nowMs += 60 * 60_000;
    links.check(path, signed);
    nowMs += 1;
    expect(() => links.check(path, signed)).toThrow(/not valid/);
  });

  test('server 6.2 cannot be lent to another file, prolonged, or made without the key', () => {
    const links = new Links(key, 60, () => 0);
    const { path, signed } = parse(links.make('/jobs/1/result'));
    const others = [
      ['/jobs/2/result', signed],
      [path, { ...signed, expires: signed.expires + 1 }],
      [path, { ...signed, signature: '' }],
      [path, parse(new Links('other', 60, () => 0).make(path)).signed],
    ] as const;
    for (const [other, given] of others) {
      expect(() => links.check(other, given)).toThrow(/not valid/);
    }
  });
});
