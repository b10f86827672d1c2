import { readdir, rm } from 'node:fs/promises';
import type { Job } from '@clearreel/shared/api/job';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from '../app.testing.ts';
import { JobApi } from '../jobs/job-api.testing.ts';
import { noise } from '../uploads/tus-client.testing.ts';

const bytes = noise(10_000);

let nowMs = Date.now();
let app: RunningApp;
let api: JobApi;
let job: Job;

beforeAll(async () => {
  app = await runApp({ nowMs: () => nowMs });
  api = new JobApi(app);
  const { id } = await api.create(await api.upload('Ünïcode “ß”.mp4'));
  await api.finish(await api.claim(), bytes, 'Ünïcode “ß” (2x).mp4');
  job = await api.show(id);
});

afterAll(() => app[Symbol.asyncDispose]());

const get = (link = '', headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${app.origin}${link}`, { headers });

const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe('server 6. files', () => {
  test('server 6.10 of a result come whole, with their own name and type', async () => {
    const response = await get(job.result?.link);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '10000',
      'accept-ranges': 'bytes',
      'content-disposition': `attachment; filename="?n?code ??? (2x).mp4"; filename*=UTF-8''%C3%9Cn%C3%AFcode%20%E2%80%9C%C3%9F%E2%80%9D%20%282x%29.mp4`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
    expect(await bodyOf(response)).toEqual(bytes);
  });

  test.each([
    ['bytes=0-99', 206, 0, 100],
    ['bytes=9990-', 206, 9990, 10_000],
    ['bytes=-10', 206, 9990, 10_000],
    ['bytes=20000-', 416, 0, 0],
  ])('server 6.11 come in parts: %s', async (range, status, from, to) => {
    const response = await get(job.result?.link, { range });
    expect(response.status).toBe(status);
    if (status === 206) expect(await bodyOf(response)).toEqual(bytes.slice(from, to));
  });

  test('server 6.12 that a client has are not sent again, and a part only of the same file', async () => {
    const { headers } = await get(job.result?.link);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect(
      (
        await get(job.result?.link, {
          'if-none-match': etag,
          // Else `fetch` asks for it anew.
          'cache-control': 'max-age=0',
        })
      ).status,
    ).toBe(304);
    const range = 'bytes=0-9';
    expect((await get(job.result?.link, { range, 'if-range': etag })).status).toBe(206);
    expect((await get(job.result?.link, { range, 'if-range': '"another"' })).status).toBe(200);
  });

  test('server 6.17 that are not as asked for are refused by a code, and the refusal is not kept', async () => {
    const far = await get(job.result?.link, { range: 'bytes=20000-' });
    expect((await far.json()).error.code).toBe('RANGE_OUTSIDE');
    expect(far.headers.get('content-range')).toBe('bytes */10000');
    const another = await get(job.result?.link, { 'if-match': '"another"' });
    expect([another.status, (await another.json()).error.code]).toEqual([412, 'FILE_DIFFERS']);
    for (const { headers } of [far, another]) expect(headers.get('cache-control')).toBe('no-store');
  });

  test('server 6.13 beside a result and of its source are there too', async () => {
    const side = await get(job.result?.sideFiles[0]?.link);
    expect(side.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await side.text()).toBe('subtitles');
    const source = await get(job.links.source);
    expect(source.headers.get('content-type')).toBe('video/mp4');
    expect((await bodyOf(source)).length).toBe(job.sourceBytes);
  });

  test('server 6.14 are not read with the link of another, nor after its time', async () => {
    const [, query] = (job.result?.link ?? '').split('?');
    const [source] = job.links.source.split('?');
    expect((await get(`${source}?${query}`)).status).toBe(403);
    const before = nowMs;
    nowMs += 61 * 60_000;
    const late = await get(job.result?.link);
    expect(late.status).toBe(403);
    expect((await late.json()).error.code).toBe('LINK_INVALID');
    expect((await get((await api.show(job.id)).result?.link)).status).toBe(200);
    nowMs = before;
  });

  test('server 6.15 that are gone are said to be', async () => {
    const { id } = await api.create(job.uploadId);
    await api.finish(await api.claim(), bytes);
    const other = await api.show(id);
    await rm(`${app.services.folders.jobs}/${id}`, { recursive: true });
    const response = await get(other.result?.link);
    expect(response.status).toBe(410);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.has('content-disposition')).toBe(false);
    expect((await response.json()).error.code).toBe('FILE_GONE');
  });

  test('server 6.20 of a source show what it is, small and kept', async () => {
    const thumbnail = await get(job.links.thumbnail);
    expect(thumbnail.headers.get('content-type')).toBe('image/webp');
    const [first, second] = [await bodyOf(thumbnail), await bodyOf(await get(job.links.thumbnail))];
    expect(second).toEqual(first);
    expect(await sharp(first).metadata()).toMatchObject({ format: 'webp', width: 96, height: 54 });
    expect(await readdir(`${app.services.dataFolder}/thumbnails`)).toEqual([job.uploadId]);
  });

  test('server 6.16 of a job without a result are not there yet', async () => {
    const { id } = await api.create(job.uploadId);
    const link = app.services.links.make(`/jobs/${id}/result`);
    expect((await get(link)).status).toBe(409);
  });
});
