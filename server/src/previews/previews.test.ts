import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { type RunningApp, runApp } from '../app.testing.ts';
import { JobApi, spec } from '../jobs/job-api.testing.ts';
import { answers, orphans } from '../orphans.testing.ts';
import { readPicture } from '../reader/read-file.ts';
import { TusClient } from '../uploads/tus-client.testing.ts';

let app: RunningApp;
let uploadId: string;

beforeAll(async () => {
  app = await runApp({ providers: ['cpu'] });
  uploadId = await new JobApi(app).upload();
});

afterAll(async () => {
  expect(await orphans(app)).toEqual([]);
  await app[Symbol.asyncDispose]();
});

const ask = (body: object, signal?: AbortSignal) =>
  fetch(`${app.api}/previews`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uploadId, spec, atSeconds: 1, ...body }),
    signal: signal ?? null,
  });

const picture = async (link: string) => {
  const response = await fetch(`${app.origin}${link}`);
  expect(response.headers.get('content-type')).toBe('image/webp');
  return new Uint8Array(await response.arrayBuffer());
};

describe('server 6. previews', () => {
  test('server 6.40 show one frame of an upload as the job would make it', async () => {
    const enhanced = { ...spec, enhance: { ...spec.enhance, model: 'reel-x2' } };
    const response = await ask({ spec: enhanced });
    const preview = await response.json();
    expect([response.status, preview.timestampSeconds]).toEqual([201, 1]);
    const before = await picture(preview.before);
    const source = await readPicture(await clip('plain-h264'), { atSeconds: 1, maxSidePx: null });
    expect(before).toEqual(new Uint8Array(source.webp));
    expect(await sharp(await picture(preview.after)).metadata()).toMatchObject({
      width: 192,
      height: 108,
    });
  });

  test('server 6.41 past the end show the last frame', async () => {
    expect((await (await ask({ atSeconds: 1000 })).json()).timestampSeconds).toBeCloseTo(2.96, 3);
  });

  test('server 6.45 of an image sequence show the picture that the job’s rate puts there', async () => {
    const bytes = new Uint8Array(await readFile(await clip('pictures-packed')));
    const sequenceId = await new TusClient(app.api).upload(bytes, 'Reel.frames');
    for (const [framesPerSecond, shown] of [
      [10, 0.5],
      [25, 0.44],
    ]) {
      const wish = { uploadId: sequenceId, spec: { ...spec, input: { framesPerSecond } } };
      const preview = await (await ask({ ...wish, atSeconds: 0.5 })).json();
      expect(preview.timestampSeconds).toBeCloseTo(shown ?? 0, 9);
    }
  });

  test('server 6.42 that cannot be made say why', async () => {
    const unknown = await ask({
      spec: { ...spec, enhance: { ...spec.enhance, model: 'nothing' } },
    });
    expect((await unknown.json()).error.code).toBe('MODEL_MISSING');
    expect((await ask({ uploadId: '00000000-0000-4000-8000-000000000000' })).status).toBe(404);
    const gone = app.services.links.make('/previews/00000000-0000-4000-8000-000000000000/after');
    expect((await fetch(`${app.origin}${gone}`)).status).toBe(410);
  });

  test('server 6.43 that nobody waits for any more are not made', async () => {
    const left = new AbortController();
    const asked = ask({}, left.signal);
    left.abort();
    await expect(asked).rejects.toThrow();
    expect(await answers(app)).toBe(true);
    expect((await ask({})).status).toBe(201);
  });

  test('server 6.46 for whose spec the job would be refused are refused too, without waiting for a turn', async () => {
    const wrong = { ...spec, output: { ...spec.output, container: 'webm' } };
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ spec: wrong })));
    const said = answers.map(async (answer) => [answer.status, (await answer.json()).error.code]);
    expect(await Promise.all(said)).toEqual(Array(8).fill([422, 'CONTAINER_CODEC']));
  });

  test('server 6.44 that too many wait for are refused, and made again once those are gone', async () => {
    const heldId = await new JobApi(app).upload();
    const path = app.services.uploads.pathOf(heldId);
    await rm(path);
    // Nobody writes into it, so whoever reads it waits.
    await promisify(execFile)('mkfifo', [path]);
    const left = new AbortController();
    const answered: number[] = [];
    const asked = Array.from({ length: 8 }, async () => {
      const { status } = await ask({ uploadId: heldId }, left.signal);
      answered.push(status);
    });
    await expect.poll(() => answered).toEqual([429, 429, 429]);
    left.abort();
    const held = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected');
    expect(held).toHaveLength(5);
    await expect.poll(async () => (await ask({})).status, { timeout: 90_000 }).toBe(201);
    const again = await Promise.all(Array.from({ length: 5 }, () => ask({})));
    expect(again.map(({ status }) => status)).toEqual(Array(5).fill(201));
  });
});
