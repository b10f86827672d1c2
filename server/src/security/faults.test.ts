import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SlowClient } from '../../../e2e/faults/network/slow-client.ts';
import { type RunningApp, runApp } from '../app.testing.ts';
import { EventReader } from '../jobs/events.testing.ts';
import { JobApi, spec } from '../jobs/job-api.testing.ts';
import { answers, orphans } from '../orphans.testing.ts';
import { noise, TusClient } from '../uploads/tus-client.testing.ts';

let app: RunningApp;

/**
 * So that nobody waits long for a slow client to be let go. A machine that others use too must not make a quick client
 * a slow one, so whoever waits for nobody has the server's own patience.
 */
const impatient = { connections: { headMs: 4000, idleMs: 8000 } };

afterEach(async () => {
  expect(await orphans(app)).toEqual([]);
  expect(await answers(app)).toBe(true);
  await app[Symbol.asyncDispose]();
});

const running = (options: Parameters<typeof runApp>[0]) => async () => {
  app = await runApp(options);
};

/** The status of a request whose path is sent as it is; `fetch` would tidy it up. */
const statusOf = (method: string, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: app.port, method, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
  });

describe('server fault 21. many clients', () => {
  beforeEach(running({}));

  test('server fault 21.1 100 at once are all answered, and each has its own job', async () => {
    const api = new JobApi(app);
    const uploadId = await api.upload();
    const work = async (index: number): Promise<string> => {
      const { id } = await api.create(uploadId, (index % 10) + 1);
      await using events = new EventReader(`${app.api}/jobs/${id}/events`);
      await events.next();
      expect((await api.show(id)).state).toBe('queued');
      const list = await fetch(`${app.api}/jobs?limit=10`);
      expect(list.status).toBe(200);
      await api.client.POST('/jobs/{jobId}/cancel', { params: { path: { jobId: id } } });
      expect(await events.until(({ name }) => name === 'job')).toMatchObject({
        data: { state: 'cancelled' },
      });
      return id;
    };
    const ids = await Promise.all(Array.from({ length: 100 }, (_, index) => work(index)));
    expect(new Set(ids).size).toBe(100);
    expect(await app.services.repository.countJobs()).toMatchObject({ cancelled: 100, queued: 0 });
  });

  test('server fault 21.2 100 with one Idempotency-Key have one job', async () => {
    const uploadId = await new JobApi(app).upload();
    const create = () =>
      fetch(`${app.api}/jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'the-same' },
        body: JSON.stringify({ uploadId, spec }),
      });
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async () => (await create()).status),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(await app.services.repository.countJobs()).toMatchObject({ queued: 1 });
  });

  test('server fault 21.3 100 uploads at once arrive whole', async () => {
    const tus = new TusClient(app.api);
    const files = Array.from({ length: 100 }, () => noise(20_000));
    await Promise.all(
      files.map(async (bytes) => {
        const id = await tus.begun(bytes.length + 1);
        expect((await tus.send(id, 0, bytes)).status).toBe(204);
        expect(await app.services.uploads.receivedBytes(id)).toBe(bytes.length);
        await app.services.uploads.remove(id);
      }),
    );
  });
});

describe('server fault 22. clients that take their time', () => {
  beforeEach(running(impatient));

  test.each([
    ['says nothing', '', undefined],
    ['sends half a head', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-', undefined],
    ['sends a head byte by byte', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-', 50],
    [
      'sends half a body',
      'POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
      undefined,
    ],
  ])('server fault 22.1 one that %s is let go', async (_name, start, everyMs) => {
    const answer = await new SlowClient(app.port).say(start, everyMs);
    expect(answer).not.toMatch(/^HTTP\/1.1 [25]/);
  });

  test('server fault 22.2 as many as there may be keep nobody else waiting for long', async () => {
    const slow = new SlowClient(app.port);
    const waiting = Promise.all(
      Array.from({ length: 200 }, () => slow.say('GET / HTTP/1.1\r\nX-')),
    );
    expect(await answers(app)).toBe(true);
    await waiting;
  });
});

describe('server fault 22. a client that does not read', () => {
  beforeEach(running({}));

  test('server fault 22.3 one that does not read what it watches is let go, and the others go on', async () => {
    const api = new JobApi(app);
    const { id } = await api.create(await api.upload());
    const socket = connect(app.port, '127.0.0.1');
    socket.on('error', () => {}).pause();
    socket.write(`GET /api/v1/jobs/${id}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    await using events = new EventReader(`${app.api}/jobs/${id}/events`);
    await events.next();
    const { job } = await api.claim();
    const progress = {
      stage: 'enhance',
      provider: 'x'.repeat(100_000),
      framesDone: 1,
      framesTotal: 2,
      segmentsDone: 0,
      segmentsTotal: 1,
      framesPerSecond: 1,
      secondsLeft: null,
      elapsedSeconds: 1,
      stageSeconds: { open: 0, prepare: 0, decode: 0, enhance: 0, encode: 0, store: 0, join: 0 },
    } as const;
    for (let count = 0; count < 100; count++) {
      app.services.board.report(job.id, progress);
      await events.until(({ name }) => name === 'progress');
    }
    socket.resume();
    await once(socket, 'close');
  });
});

describe('server fault 23. requests that are none', () => {
  beforeEach(running({}));

  test.each([
    '/api/v1/../../etc/passwd',
    '/api/v1/jobs/..%2f..%2fetc%2fpasswd',
    '/api/v1/jobs/../../../store.json',
    '/api/v1/uploads/..%2fstore.json',
    '/api/v1/jobs/%00/result?expires=9999999999&signature=x',
    '/api/v1/jobs/x/side-files/..%2f..%2flink-key?expires=9999999999&signature=x',
    '/api/v1/%E0%A4%A',
    '/api/v1/jobs?__proto__[x]=1&cursor=%00',
    `/api/v1/jobs?text=${'x'.repeat(10_000)}`,
  ])('server fault 23.1 %s is refused', async (path) => {
    for (const method of ['GET', 'DELETE', 'PATCH']) {
      const status = await statusOf(method, path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });

  test.each([
    'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    '\0\0\0\0\r\n\r\n',
    `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
  ])('server fault 23.2 a head that HTTP does not know ends the connection', async (head) => {
    const answer = await new SlowClient(app.port).say(head);
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  });
});
