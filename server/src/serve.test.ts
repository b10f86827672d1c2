import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jobSchema } from '@clearreel/shared/api/job';
import { apiBase } from '@clearreel/shared/api/operation';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { describe, expect, test } from 'vitest';
import { clip } from '../../e2e/clips/index.ts';
import { ServerProcess } from '../../e2e/driver/server-process.ts';
import { frameTimes } from '../../e2e/reference/index.ts';
import { apiClient } from './api-client.testing.ts';
import { EventReader } from './jobs/events.testing.ts';
import { TusClient } from './uploads/tus-client.testing.ts';

const bytesOf = async (name: string) => new Uint8Array(await readFile(await clip(name)));

describe('server 5. the whole server', () => {
  test('server 5.50 takes a video in pieces, enhances it while one watches, and gives the result in parts', async () => {
    await using server = await ServerProcess.start({ environment: { CLEARREEL_PROVIDERS: 'cpu' } });
    const origin = server.url.slice(0, -1);
    const api = `${origin}${apiBase}`;
    const client = apiClient(origin);
    const video = await bytesOf('real/tree');

    const tus = new TusClient(api);
    const uploadId = await tus.begun(video.length, 'Baum.avi');
    const half = Math.floor(video.length / 2);
    await tus.send(uploadId, 0, video.slice(0, half));
    expect((await tus.send(uploadId, half, video.slice(half))).status).toBe(204);

    const { data: made } = await client.POST('/jobs', {
      params: { header: {} },
      body: {
        uploadId,
        spec: {
          version: 1,
          trim: { endSeconds: 3 },
          enhance: { model: 'reel-x2' },
          output: { container: 'mp4', codec: 'avc' },
        },
      },
    });
    expect(made).toMatchObject({ state: 'queued', sourceName: 'Baum.avi' });
    await using events = new EventReader(`${api}/jobs/${made?.id}/events`);
    const seen: string[] = [];
    const last = await events.until(({ name, data }) => {
      const { state, failure } = data as { state?: string; failure?: unknown };
      seen.push(name === 'job' ? String(state) : name);
      if (failure) throw new Error(JSON.stringify(failure));
      return state === 'completed';
    });
    // Whether it still waits when one begins to watch is the worker's choice.
    const whileWatched = new Set(seen.filter((name) => name !== 'queued'));
    expect(whileWatched).toEqual(new Set(['processing', 'progress', 'completed']));

    const job = jobSchema.parse(last.data);
    expect(job).toMatchObject({
      result: { fileName: expect.stringMatching(/^Baum.*\.mp4$/), provider: { value: 'cpu' } },
    });
    const part = async (range: string) => {
      const response = await fetch(`${origin}${job.result?.link}`, { headers: { range } });
      expect(response.status).toBe(206);
      return Buffer.from(await response.arrayBuffer());
    };
    const path = join(server.dataFolder, 'downloaded.mp4');
    await writeFile(path, Buffer.concat([await part('bytes=0-999'), await part('bytes=1000-')]));
    expect(await frameTimes(path)).toHaveLength(job.result?.frameCount ?? Number.NaN);

    const readSystem = async () => await (await fetch(`${api}/system`)).json();
    // The job has ended a moment before its worker has put its files in order.
    await expect
      .poll(async () => (await readSystem()).workers)
      .toMatchObject([{ id: 'worker-1', state: 'idle', provider: { value: 'cpu' } }]);
    const system = await readSystem();
    expect(system.speeds).toMatchObject([{ model: 'reel-x2', jobs: 1 }]);
    expect(system.speeds[0].secondsPerMegapixel).toBeGreaterThan(0);
    const after = await fetch(`${origin}${job.links.frames?.after}&atSeconds=1`);
    expect(after.headers.get('content-type')).toBe('image/webp');
    const page = await fetch(origin);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  });

  test('server 10.50 stops in good order: the job waits for the next start, and goes on', async () => {
    await using server = await ServerProcess.start({ environment: { CLEARREEL_PROVIDERS: 'cpu' } });
    const origin = server.url.slice(0, -1);
    const api = `${origin}${apiBase}`;
    const uploadId = await new TusClient(api).upload(await bytesOf('plain-h264'));
    const spec = parseJobSpec({
      version: 1,
      enhance: { model: 'span-x2' },
      output: { container: 'mp4', codec: 'avc', segmentSeconds: 0.4 },
    });
    const { data: job } = await apiClient(origin).POST('/jobs', {
      params: { header: {} },
      body: { uploadId, spec },
    });
    const path = `${api}/jobs/${job?.id}`;
    {
      await using events = new EventReader(`${path}/events`);
      await events.until(({ data }) => {
        const { progress } = data as { progress?: { segmentsDone: number } | null };
        return (progress?.segmentsDone ?? 0) > 0;
      });
    }
    await server.kill('SIGTERM');
    const store = JSON.parse(await readFile(join(server.dataFolder, 'store.json'), 'utf8'));
    expect(JSON.stringify(store)).toContain('"queued"');
    await server.start();
    await using events = new EventReader(`${path}/events`);
    const { data } = await events.until(({ data }) => {
      const { state } = data as { state?: string };
      return state === 'completed' || state === 'failed';
    });
    expect(jobSchema.parse(data)).toMatchObject({ state: 'completed', result: { frameCount: 75 } });
  });
});
