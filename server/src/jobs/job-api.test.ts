import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jobSchema } from '@clearreel/shared/api/job';
import { createJob, jobPageSchema } from '@clearreel/shared/api/jobs';
import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { type JobSpec, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { type RunningApp, runApp } from '../app.testing.ts';
import { runJob } from '../engine/run-job.ts';
import { noise, TusClient } from '../uploads/tus-client.testing.ts';
import { JobApi, spec } from './job-api.testing.ts';

let app: RunningApp;
let api: JobApi;

beforeAll(async () => {
  app = await runApp();
  api = new JobApi(app);
});

afterAll(() => app[Symbol.asyncDispose]());

beforeEach(async () => {
  for (const { id } of (await app.services.repository.listJobs({ limit: 200 })).jobs) {
    await api.client.DELETE('/jobs/{jobId}', { params: { path: { jobId: id } } });
  }
});

const statusAndCode = async (response: Response) => [
  response.status,
  (await response.json()).error.code,
];

const huge = { kind: 'size', width: 16384, height: 16384 } as const;

type Change = { readonly [Part in 'input' | 'enhance' | 'output']?: object };

const specWith = ({ input, enhance, output }: Change) =>
  parseJobSpec({
    ...{ ...spec, input },
    enhance: { ...spec.enhance, ...enhance },
    output: { ...spec.output, ...output },
  });

/** What the job itself would say. */
async function failureOf(sourcePath: string, spec: JobSpec): Promise<unknown> {
  const folder = join(app.services.dataFolder, randomUUID());
  const running = runJob({
    ...{ sourcePath, spec, sourceName: 'clip', providers: ['cpu'] },
    ...{ workFolder: join(folder, 'work'), resultFolder: join(folder, 'result') },
    signal: new AbortController().signal,
    onProgress() {},
    async onSegment() {},
  });
  return running.catch((error) => asClearReelError(error).toReport());
}

const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${app.api}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('server 5. jobs', () => {
  test('server 5.30 are made of an upload and a spec, and wait their turn', async () => {
    const uploadId = await api.upload('Urlaub.mp4');
    const first = await api.create(uploadId);
    expect(jobSchema.parse(first)).toEqual(first);
    expect(first).toMatchObject({
      state: 'queued',
      priority: 5,
      uploadId,
      sourceName: 'Urlaub.mp4',
      spec,
      jobsAhead: 0,
      progress: null,
      result: null,
      links: { frames: null },
    });
    expect(await api.create(uploadId)).toMatchObject({ jobsAhead: 1 });
    expect(await api.create(uploadId, 1)).toMatchObject({ jobsAhead: 0 });
  });

  test('server 5.31 fill in what a spec leaves out', async () => {
    const uploadId = await api.upload();
    const response = await post({
      uploadId,
      spec: { version: 1, enhance: {}, output: { container: 'mkv', codec: 'vp9' } },
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      spec: { enhance: { strength: 100 }, output: { quality: 75 } },
    });
  });

  test('server 5.32 that are wrong are refused, with the place and what it must be', async () => {
    const uploadId = await api.upload();
    const wrong = [
      [{ uploadId, spec, priority: 11 }, 'priority', 'at most 10'],
      [{ uploadId, spec, priority: 1.5 }, 'priority', 'a whole number'],
      [{ uploadId: '../x', spec }, 'uploadId', 'of the type uuid'],
      [{ uploadId, spec: { ...spec, version: 2 } }, 'spec.version', 'one of 1'],
      [{ uploadId, spec, extra: 1 }, 'body', 'without extra'],
      [[], 'body', 'of the type object'],
    ] as const;
    for (const [body, option, mustBe] of wrong) {
      const response = await post(body);
      const { error } = await response.json();
      expect([response.status, error.code, error.detail.option]).toEqual([
        400,
        'REQUEST_INVALID',
        option,
      ]);
      expect(error.message).toContain(mustBe);
    }
  });

  test('server 5.33 with the same Idempotency-Key are one job', async () => {
    const uploadId = await api.upload();
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => post({ uploadId, spec }, key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json()).id));
    expect(new Set(ids).size).toBe(1);
    expect(await statusAndCode(await post({ uploadId, spec, priority: 2 }, key))).toEqual([
      422,
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    const bad = await post({ uploadId, spec }, { 'idempotency-key': 'with space' });
    expect(await statusAndCode(bad)).toEqual([400, 'REQUEST_INVALID']);
  });

  test('server 5.38 with an Idempotency-Key that is none are told its form', async () => {
    const uploadId = await api.upload();
    const response = await post({ uploadId, spec }, { 'idempotency-key': 'with space' });
    expect((await response.json()).error.detail.mustBe).toMatchObject({
      code: 'OF_FORM',
      detail: { pattern: expect.stringContaining('{1,') },
    });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded'])(
    'server 5.39 that come as %s are told to come as JSON',
    async (type) => {
      const body = JSON.stringify({ uploadId: await api.upload(), spec });
      const headers = { 'content-type': type };
      const response = await fetch(`${app.api}/jobs`, { method: 'POST', headers, body });
      expect(response.status).toBe(400);
      expect((await response.json()).error.message).toContain('of the type application/json');
    },
  );

  test('server 5.34 need an upload that is there, and whole', async () => {
    expect(await statusAndCode(await post({ uploadId: randomUUID(), spec }))).toEqual([
      404,
      'UPLOAD_MISSING',
    ]);
    const tus = new TusClient(app.api);
    const half = await tus.begun(1000);
    await tus.send(half, 0, noise(400));
    const response = await post({ uploadId: half, spec });
    expect(await response.json()).toMatchObject({
      error: { code: 'UPLOAD_UNFINISHED', detail: { receivedBytes: 400, totalBytes: 1000 } },
    });
    await app.services.uploads.remove(half);
  });

  test.each([
    ['plain-h264', { output: { container: 'webm' } }, 'CONTAINER_CODEC', 'output.codec'],
    ['plain-h264', { enhance: { model: 'no-such' } }, 'MODEL_MISSING', 'enhance.model'],
    ['plain-h264', { enhance: { target: huge } }, 'SOURCE_TOO_LARGE', 'enhance.target'],
    [
      'pictures-packed',
      { input: { deinterlace: true } },
      'DEINTERLACE_MISSING',
      'input.deinterlace',
    ],
    ['hdr-pq', {}, 'CODEC_HDR', 'output.codec'],
    ['hdr-pq', { output: { hdr: 'refuse' } }, 'SOURCE_HDR', 'output.hdr'],
  ] as const)(
    'server 5.46 that would fail for their spec are refused at once, in the same words: %s, %j',
    async (of, change, code, option) => {
      const wrong = specWith(change);
      const response = await post({ uploadId: await api.upload('clip', of), spec: wrong });
      const { requestId: _, ...error } = (await response.json()).error;
      expect([response.status, error.code, error.detail.option]).toEqual([422, code, option]);
      expect(createJob.errors).toContain(code);
      expect(error).toEqual(await failureOf(await clip(of), wrong));
    },
  );

  test('server 5.47 that are refused leave no job, and their Idempotency-Key is free', async () => {
    const uploadId = await api.upload();
    const key = { 'idempotency-key': randomUUID() };
    const wrong = await post({ uploadId, spec: specWith({ enhance: { model: 'no-such' } }) }, key);
    expect(wrong.status).toBe(422);
    expect(await app.services.repository.listJobs({ limit: 1 })).toMatchObject({ total: 0 });
    expect((await post({ uploadId, spec }, key)).status).toBe(201);
  });

  test('server 5.35 are listed by pages, filtered, searched and sorted', async () => {
    const uploads = [await api.upload('Alpha.mp4'), await api.upload('beta.mp4')];
    for (const [index, uploadId] of [...uploads, ...uploads, ...uploads].entries()) {
      await api.create(uploadId, index + 1);
    }
    const list = async (query: string) => {
      const response = await fetch(`${app.api}/jobs?${query}`);
      return jobPageSchema.parse(await response.json());
    };
    const all = await list('');
    expect(all).toMatchObject({ total: 6, nextCursor: null });
    const first = await list('limit=4&sort=priority&order=ascending');
    expect(first.jobs.map(({ priority }) => priority)).toEqual([1, 2, 3, 4]);
    const rest = await list(`limit=4&sort=priority&order=ascending&cursor=${first.nextCursor}`);
    expect(rest.jobs.map(({ priority }) => priority)).toEqual([5, 6]);
    expect(rest.nextCursor).toBeNull();
    expect(await list('text=ALPH')).toMatchObject({ total: 3 });
    await api.client.POST('/jobs/{jobId}/cancel', {
      params: { path: { jobId: all.jobs[0]?.id ?? '' } },
    });
    expect(await list('states=cancelled,failed')).toMatchObject({ total: 1 });
    expect(await list('states=queued')).toMatchObject({ total: 5 });
    for (const query of [
      'limit=0',
      'limit=201',
      'states=lost',
      'sort=id',
      'cursor=!',
      'order=up',
    ]) {
      const response = await fetch(`${app.api}/jobs?${query}`);
      expect(await statusAndCode(response), query).toEqual([400, 'REQUEST_INVALID']);
    }
  });

  test('server 5.36 are cancelled, tried again and deleted with all their files', async () => {
    const uploadId = await api.upload();
    const { id: jobId } = await api.create(uploadId);
    const path = { params: { path: { jobId } } };
    expect((await api.client.POST('/jobs/{jobId}/cancel', path)).data?.state).toBe('cancelled');
    expect((await api.client.POST('/jobs/{jobId}/retry', path)).data?.state).toBe('queued');
    const again = await api.client.POST('/jobs/{jobId}/retry', path);
    expect([again.response.status, again.error?.error.code]).toEqual([409, 'JOB_CHANGED']);
    await api.finish(await api.claim(), noise(10));
    expect((await api.client.DELETE('/jobs/{jobId}', path)).response.status).toBe(204);
    expect((await api.client.GET('/jobs/{jobId}', path)).error?.error.code).toBe('JOB_MISSING');
    expect((await api.client.DELETE('/jobs/{jobId}', path)).response.status).toBe(404);
    expect(await readdir(app.services.folders.jobs)).toEqual([]);
    expect(await readdir(app.services.folders.uploads)).not.toContain(uploadId);
  });

  test('server 5.37 that run say how far they are to whoever asks', async () => {
    const { id } = await api.create(await api.upload());
    await api.claim();
    app.services.board.report(id, {
      stage: 'enhance',
      provider: 'cpu',
      framesDone: 30,
      framesTotal: 75,
      segmentsDone: 1,
      segmentsTotal: 3,
      framesPerSecond: 12.5,
      secondsLeft: 3.6,
      elapsedSeconds: 2.4,
      stageSeconds: { open: 0, prepare: 0, decode: 1, enhance: 1, encode: 1, store: 0, join: 0 },
    });
    const job = jobSchema.parse(await api.show(id));
    expect(job).toMatchObject({
      state: 'processing',
      progress: { percent: 40, stage: 'enhance', framesPerSecond: 12.5, secondsLeft: 3.6 },
    });
  });
});
