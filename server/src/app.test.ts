import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from './app.testing.ts';

const files = {
  'dist/index.html': '<!doctype html><title>ClearReel</title>',
  'dist/sw.js': 'export {};',
  'dist/manifest.webmanifest': '{}',
  'dist/.build-inputs': 'not for serving',
  'dist/assets/index-Ab12_x-9.js': 'export {};',
  'dist/assets/engine.worker-Ab12_x-9.js': 'export {};',
  'dist/assets/other.worker-Ab12_x-9.js': 'export {};',
  'dist/assets/ort-Ab12_x-9.mjs': 'export {};',
  'dist/assets/ort-Ab12_x-9.wasm': '\0asm',
  'dist/assets/model-Ab12_x-9.onnx': 'weights',
  'secret.txt': 'outside of what is served',
};

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

let folder: string;
let app: RunningApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearreel-server-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  app = await runApp({ webFolder: join(folder, 'dist') });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Sends the path as it is; `fetch` would resolve `..` before sending. */
function get(path: string, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: app.port, path, method }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    })
      .once('error', reject)
      .end();
  });
}

function policyOf({ headers }: Answer): Map<string, string[]> {
  const directives = String(headers['content-security-policy']).split(';');
  return new Map(
    directives.map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

describe('2.1 npm start serves', () => {
  test('2.1.1 the document, cross-origin isolated and asked for again each time', async () => {
    const answer = await get('/');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('ClearReel');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });

  test('2.1.2 the document with a policy that lets it reach no other origin and compile only wasm', async () => {
    const policy = policyOf(await get('/'));
    expect(policy.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(policy.get('connect-src')).toEqual(["'self'", 'blob:']);
    const sources = [...policy.values()].flat();
    for (const source of sources) {
      expect(source).toMatch(/^('self'|'none'|'wasm-unsafe-eval'|'sha256-.+'|blob:|data:)$/);
    }
  });

  test('2.1.3 the engine worker, and no other script, with leave to compile code from strings', async () => {
    const engine = await get('/assets/engine.worker-Ab12_x-9.js');
    expect(engine.status).toBe(200);
    expect(engine.headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(policyOf(engine).get('script-src')).toContain("'unsafe-eval'");
    for (const path of ['/', '/assets/index-Ab12_x-9.js', '/assets/other.worker-Ab12_x-9.js']) {
      expect(policyOf(await get(path)).get('script-src')).not.toContain("'unsafe-eval'");
    }
  });

  test.each([
    ['index-Ab12_x-9.js', 'text/javascript; charset=utf-8'],
    ['ort-Ab12_x-9.mjs', 'text/javascript; charset=utf-8'],
    ['ort-Ab12_x-9.wasm', 'application/wasm'],
    ['model-Ab12_x-9.onnx', 'application/octet-stream'],
  ])('2.1.4 hashed asset %s as %s, kept by the browser', async (name, type) => {
    const { status, headers } = await get(`/assets/${name}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  });

  test.each(['/missing', '/assets/missing-Ab12.js', '/assets', '/.build-inputs'])(
    '2.1.5 %s as a 404 with a stable code and the same headers',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'ADDRESS_UNKNOWN' } });
      expect(answer.headers['cross-origin-embedder-policy']).toBe('require-corp');
    },
  );

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//../secret.txt',
    '/%00/../secret.txt',
    '/%E0%A4%A',
  ])('2.1.6 nothing outside its folder for %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(JSON.parse(answer.body).error.code).toMatch(/^(ADDRESS_UNKNOWN|REQUEST_UNREADABLE)$/);
    expect(answer.body).not.toContain('outside');
  });

  test('2.1.7 whether the process is alive', async () => {
    const answer = await get('/api/v1/health/live');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ status: 'ok', reasons: [] });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('app 8 npm start lets the app be installed', () => {
  test.each([
    ['sw.js', 'text/javascript; charset=utf-8'],
    ['manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
  ])('app 8.1 with %s as %s, asked for again each time', async (name, type) => {
    const { status, headers } = await get(`/${name}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toBe('no-cache');
  });

  test('app 8.2 with a policy that lets only this origin give a manifest and a service worker', async () => {
    const policy = policyOf(await get('/'));
    expect(policy.get('manifest-src')).toEqual(["'self'"]);
    expect(policy.get('worker-src')).toEqual(["'self'", 'blob:']);
    expect(policyOf(await get('/sw.js')).get('connect-src')).toEqual(["'self'", 'blob:']);
  });

  test('app 8.3 and reads nothing of a share that no service worker took, but opens the page that says so', async () => {
    const answer = await get('/share', 'POST');
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/#/shared');
    expect(answer.headers.connection).toBe('close');
  });
});
