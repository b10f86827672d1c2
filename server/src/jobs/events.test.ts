import { noSeconds, type Progress } from '@clearreel/shared/pipeline/progress';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from '../app.testing.ts';
import { EventReader } from './events.testing.ts';
import { JobApi } from './job-api.testing.ts';

let app: RunningApp;
let api: JobApi;

beforeAll(async () => {
  app = await runApp();
  api = new JobApi(app);
});

afterAll(() => app[Symbol.asyncDispose]());

const progressOf = (framesDone: number): Progress => ({
  stage: 'enhance',
  provider: 'cpu',
  framesDone,
  framesTotal: 100,
  segmentsDone: 0,
  segmentsTotal: 1,
  framesPerSecond: 1,
  secondsLeft: null,
  elapsedSeconds: 1,
  stageSeconds: noSeconds(),
});

const percents = (events: readonly { data: unknown }[]) =>
  events.map(({ data }) => (data as { progress: { percent: number } }).progress.percent);

describe('server 5. events', () => {
  test('server 5.40 begin with the present state and go on as things happen', async () => {
    const { id } = await api.create(await api.upload());
    await using events = new EventReader(`${app.api}/jobs/${id}/events`);
    expect(await events.next()).toMatchObject({ name: 'job', data: { id, state: 'queued' } });
    const claim = await api.claim();
    expect(await events.next()).toMatchObject({ name: 'job', data: { state: 'processing' } });
    app.services.board.report(id, progressOf(10));
    expect(await events.next()).toMatchObject({
      name: 'progress',
      data: { jobId: id, progress: { percent: 10 } },
    });
    await api.finish(claim, new Uint8Array(10));
    expect(await events.next()).toMatchObject({
      name: 'job',
      data: { state: 'completed', result: { bytes: 10 }, progress: null },
    });
    await api.client.DELETE('/jobs/{jobId}', { params: { path: { jobId: id } } });
    expect(await events.next()).toMatchObject({ name: 'deleted', data: { jobId: id } });
  });

  test('server 5.41 that were missed follow when the watcher is back, each once', async () => {
    const { id } = await api.create(await api.upload());
    await api.claim();
    const url = `${app.api}/jobs/${id}/events`;
    app.services.board.report(id, progressOf(1));
    let last: string;
    {
      await using events = new EventReader(url);
      await events.next();
      app.services.board.report(id, progressOf(2));
      last = (await events.next()).id;
    }
    app.services.board.report(id, progressOf(3));
    app.services.board.report(id, progressOf(4));
    await using back = new EventReader(url, last);
    const missed = [await back.next(), await back.next()];
    app.services.board.report(id, progressOf(5));
    expect(percents([...missed, await back.next()])).toEqual([3, 4, 5]);
  });

  test('server 5.42 of another run of the server are answered with the present state', async () => {
    const { id } = await api.create(await api.upload());
    await using events = new EventReader(`${app.api}/jobs/${id}/events`, 'another-run-12');
    expect(await events.next()).toMatchObject({ name: 'job', data: { id } });
  });

  test('server 5.43 of all jobs come in one stream, and of one job only its own', async () => {
    const uploadId = await api.upload();
    const one = await api.create(uploadId);
    await using all = new EventReader(`${app.api}/events`);
    await using own = new EventReader(`${app.api}/jobs/${one.id}/events`);
    await own.next();
    await all.until(({ data }) => (data as { id: string }).id === one.id);
    const other = await api.create(uploadId);
    await api.client.POST('/jobs/{jobId}/cancel', { params: { path: { jobId: other.id } } });
    await api.client.POST('/jobs/{jobId}/cancel', { params: { path: { jobId: one.id } } });
    expect(await own.next()).toMatchObject({ data: { id: one.id, state: 'cancelled' } });
    const seen = [await all.next(), await all.next(), await all.next()];
    expect(seen.map(({ data }) => (data as { id: string }).id)).toEqual([
      other.id,
      other.id,
      one.id,
    ]);
  });

  test('server 5.44 of a job that is not there are refused', async () => {
    const response = await fetch(`${app.api}/jobs/00000000-0000-4000-8000-000000000000/events`);
    expect(response.status).toBe(404);
  });

  test('server 5.45 have a head to ask for', async () => {
    const { id } = await api.create(await api.upload());
    for (const path of ['/events', `/jobs/${id}/events`]) {
      const response = await fetch(`${app.api}${path}`, { method: 'HEAD' });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    }
  });
});
