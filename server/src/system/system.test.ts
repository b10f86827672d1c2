import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemSchema } from '@clearreel/shared/api/system';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from '../app.testing.ts';
import { measureModels } from '../estimate/measure.ts';
import { findModel } from '../inference/models.ts';
import { JobApi } from '../jobs/job-api.testing.ts';
import { someSpec } from '../jobs/suite/samples.testing.ts';

let app: RunningApp;
let api: JobApi;
let freeBytes = 1e12;
let isStopping = false;
const worker = {
  id: 'worker-1',
  state: 'busy',
  jobId: '00000000-0000-4000-8000-000000000000',
  provider: { value: 'cpu', reason: 'You chose the processor.' },
  memoryBytes: 1,
} as const;

beforeAll(async () => {
  app = await runApp({
    keptFreeBytes: 1000,
    space: async () => ({ totalBytes: 2e12, freeBytes }),
    workers: () => [worker],
    isStopping: () => isStopping,
  });
  api = new JobApi(app);
});

afterAll(() => app[Symbol.asyncDispose]());

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${app.api}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}

describe('server 7. the server says', () => {
  test('server 7.10 what it is, has and may', async () => {
    await api.create(await api.upload());
    const system = systemSchema.parse(await (await fetch(`${app.api}/system`)).json());
    expect(system).toMatchObject({
      version: '1.2.3',
      queue: { queued: 1, processing: 0 },
      workers: [worker],
      providers: ['cpu'],
      disk: { totalBytes: 2e12, freeBytes: 1e12, keptFreeBytes: 1000 },
      limits: { uploadBytes: 1e9, smallUploadBytes: 1e8, linkMinutes: 60, retentionDays: 30 },
    });
    expect(system.device.name).not.toBe('');
    expect(system.memory.totalBytes).toBeGreaterThan(system.memory.serverBytes);
    expect(system.models.map(({ id }) => id)).toContain('reel-x2');
  });

  test('server 7.11 whether it takes uploads and jobs, and why not', async () => {
    const ready = async () => {
      const response = await fetch(`${app.api}/health/ready`);
      return [response.status, (await response.json()).reasons];
    };
    expect(await ready()).toEqual([200, []]);
    freeBytes = 999;
    expect(await ready()).toEqual([503, ['disk']]);
    isStopping = true;
    expect(await ready()).toEqual([503, ['stopping', 'disk']]);
    expect((await fetch(`${app.api}/health/live`)).status).toBe(200);
    freeBytes = 1e12;
    isStopping = false;
  });

  test('server 7.12 to Prometheus how it goes', async () => {
    const uploaded = await metric('clearreel_upload_bytes_total');
    const uploadId = await api.upload();
    const { sourceBytes } = await api.create(uploadId, 1);
    expect((await metric('clearreel_upload_bytes_total')) - uploaded).toBe(sourceBytes);
    const claim = await api.claim();
    expect(await metric('clearreel_jobs{state="processing"}')).toBe(1);
    expect(await metric('clearreel_job_wait_seconds_count')).toBe(1);
    await api.finish(claim, new Uint8Array(10));
    expect(await metric('clearreel_job_run_seconds_count{state="completed"}')).toBe(1);
    await api.create(uploadId, 1);
    const { token } = await api.claim();
    const report = { code: 'SOURCE_NO_FRAMES', message: '', todo: '', detail: {} } as const;
    await app.services.repository.fail(token, { report, retryable: false });
    expect(await metric('clearreel_job_failures_total{code="SOURCE_NO_FRAMES"}')).toBe(1);
    expect(await metric('clearreel_disk_free_bytes')).toBe(1e12);
    const requests =
      'clearreel_http_request_seconds_count{method="POST",route="/jobs",status="201"}';
    expect(await metric(requests)).toBe(3);
  });

  test('server 7.13 how fast its models were measured to be, until a job says better', async () => {
    await using app = await runApp();
    const api = new JobApi(app);
    const model = 'anime4k-s-x2';
    const speeds = async (): Promise<unknown> =>
      systemSchema.parse(await (await fetch(`${app.api}/system`)).json()).speeds;
    expect(await speeds()).toEqual([]);
    let measured = 0;
    await measureModels({
      ...{ provider: 'cpu', models: [findModel(model)], dataFolder: app.services.dataFolder },
      ...{ again: false, signal: new AbortController().signal },
      onFigure(_, { secondsPerMegapixel }) {
        measured = secondsPerMegapixel;
      },
    });
    expect(await speeds()).toEqual([{ model, secondsPerMegapixel: measured, jobs: 0 }]);
    const { repository } = app.services;
    const spec = parseJobSpec({ ...someSpec, enhance: { ...someSpec.enhance, model } });
    await repository.createJob({
      ...{ uploadId: await api.upload(), spec, priority: 1, idempotencyKey: null },
    });
    await api.finish(await api.claim(), new Uint8Array(10));
    expect(await speeds()).toMatchObject([{ model, jobs: 1 }]);
  });

  test('server 7.14 the rest where what was measured cannot be read', async () => {
    await using app = await runApp();
    await mkdir(join(app.services.dataFolder, 'figures.json'));
    const response = await fetch(`${app.api}/system`);
    expect(response.status).toBe(200);
    expect((await response.json()).speeds).toEqual([]);
  });
});
