import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from '../app.testing.ts';
import { TusClient } from '../uploads/tus-client.testing.ts';
import { createLogger } from './logger.ts';

/** Lines of a log, as data. */
class LogLines extends Writable {
  readonly lines: Record<string, unknown>[] = [];
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    for (const line of chunk.toString().split('\n').filter(Boolean))
      this.lines.push(JSON.parse(line));
    done();
  }
}

const token = 'a-token-that-is-long-enough';
let log: LogLines;

async function asked(work: (app: RunningApp) => Promise<unknown>): Promise<LogLines> {
  log = new LogLines();
  await using app = await runApp({ token, logger: createLogger('trace', log) });
  await work(app);
  return log;
}

describe('server 10. the log', () => {
  test('server 10.40 has each request once, by its id, without what its address asks for', async () => {
    let id: string | null = null;
    const { lines } = await asked(async ({ api }) => {
      const response = await fetch(`${api}/jobs?text=private%20holiday`, {
        headers: { authorization: `Bearer ${token}` },
      });
      id = response.headers.get('x-request-id');
      await response.text();
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      req: { id, method: 'GET', path: '/api/v1/jobs' },
      res: { status: 200 },
    });
    expect(log.text).not.toContain('holiday');
  });

  test('server 10.41 holds no token, no signature and no name of a file', async () => {
    const { text } = await asked(async ({ api, services }) => {
      const authorization = `Bearer ${token}`;
      await fetch(`${api}/jobs`, { headers: { authorization, cookie: 'session=secret-cookie' } });
      const link = services.links.make('/jobs/00000000-0000-4000-8000-000000000000/result');
      await fetch(`${api}${link.slice('/api/v1'.length)}`);
      await fetch(`${api}/uploads`, {
        method: 'POST',
        headers: {
          authorization,
          'tus-resumable': '1.0.0',
          'upload-length': '10',
          'upload-metadata': `filename ${Buffer.from('private holiday.mp4').toString('base64')}`,
        },
      });
      expect(await new TusClient(api).begin(1)).toMatchObject({ status: 401 });
    });
    for (const secret of [token, 'signature', 'secret-cookie', 'holiday', 'cHJpdmF0ZSBob2xpZGF5']) {
      expect(text).not.toContain(secret);
    }
  });

  test('server 10.42 says under a failed request’s id what its client is not told', async () => {
    const { lines } = await asked(async ({ api, services }) => {
      services.repository.listJobs = () => Promise.reject(new Error('the disk is on fire'));
      const response = await fetch(`${api}/jobs`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const body = await response.text();
      expect(response.status).toBe(500);
      expect(JSON.parse(body).error).toMatchObject({
        code: 'INTERNAL',
        requestId: expect.any(String),
      });
      expect(body).not.toMatch(/fire|\.ts|stack/);
    });
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'request failed',
        err: expect.objectContaining({ message: 'the disk is on fire', stack: expect.any(String) }),
      }),
    );
  });
});
