import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from '../app.testing.ts';
import { JobApi } from '../jobs/job-api.testing.ts';

let app: RunningApp;
let api: JobApi;
let jobId: string;

beforeAll(async () => {
  app = await runApp();
  api = new JobApi(app);
  jobId = (await api.create(await api.upload())).id;
});

afterAll(() => app[Symbol.asyncDispose]());

const ask = async (id = jobId) => {
  const { data, response } = await api.client.GET('/jobs/{jobId}/newest-frame', {
    params: { path: { jobId: id } },
  });
  return { status: response.status, pair: data };
};

const pair = (name: string) => ({
  timestampSeconds: 1.5,
  before: Buffer.from(`${name} before`),
  after: Buffer.from(`${name} after`),
});

const read = (link = '') => fetch(`${app.origin}${link}`);

describe('server 6. the newest frame of a running job', () => {
  test('server 6.50 is there once its worker has shown one, and goes with the attempt', async () => {
    expect((await ask()).status).toBe(204);
    const attempt = app.services.newest.begin(jobId, () => {});
    expect((await ask()).status).toBe(204);
    attempt.show(pair('first'));
    const { pair: shown } = await ask();
    expect(shown?.timestampSeconds).toBe(1.5);
    expect(await (await read(shown?.before)).text()).toBe('first before');
    expect(await (await read(shown?.after)).text()).toBe('first after');
    attempt.end();
    expect((await ask()).status).toBe(204);
    expect((await read(shown?.after)).status).toBe(410);
  });

  test('server 6.51 is of one moment, and kept by no cache', async () => {
    const attempt = app.services.newest.begin(jobId, () => {});
    attempt.show(pair('first'));
    const { pair: first } = await ask();
    const response = await read(first?.before);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'no-store',
    });
    attempt.show(pair('second'));
    expect((await read(first?.after)).status).toBe(410);
    expect(await (await read((await ask()).pair?.after)).text()).toBe('second after');
    attempt.end();
  });

  test('server 6.52 is asked of the worker by each who looks, and by nobody else', async () => {
    let asked = 0;
    const attempt = app.services.newest.begin(jobId, () => asked++);
    await api.show(jobId);
    expect(asked).toBe(0);
    await ask();
    await ask();
    expect(asked).toBe(2);
    attempt.end();
    await ask();
    expect(asked).toBe(2);
  });

  test('server 6.53 of a job that is not there is missing', async () => {
    expect((await ask('00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });
});
