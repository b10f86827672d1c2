import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { type RunningApp, runApp } from '../app.testing.ts';
import { JobApi } from '../jobs/job-api.testing.ts';
import { readPicture } from '../reader/read-file.ts';

let app: RunningApp;
let api: JobApi;

beforeAll(async () => {
  app = await runApp();
  api = new JobApi(app);
});

afterAll(() => app[Symbol.asyncDispose]());

describe('server 6. pictures', () => {
  test('server 6.30 before and after are of the same frame, in full size', async () => {
    const { id } = await api.create(await api.upload());
    await api.finish(await api.claim(), await readFile(await clip('plain-h264')));
    const { links } = await api.show(id);
    const at = async (link = '', seconds?: number) => {
      const address = `${app.origin}${link}${seconds === undefined ? '' : `&atSeconds=${seconds}`}`;
      const response = await fetch(address);
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    };
    const before = await at(links.frames?.before, 0.5);
    expect(await at(links.frames?.after, 0.5)).toEqual(before);
    expect(await at(links.frames?.before, 2)).not.toEqual(before);
    expect(await at(links.frames?.before)).toEqual(await at(links.frames?.before, 1.5));
    expect(await sharp(before).metadata()).toMatchObject({ width: 96, height: 54 });
  });

  test('server 6.31 past the end show the last frame, and of a job without a result there are none', async () => {
    const path = await clip('plain-h264');
    const last = await readPicture(path, { atSeconds: 99, maxSidePx: null });
    expect(last.timestampSeconds).toBeCloseTo(2.96, 3);
    const { id } = await api.create(await api.upload());
    const link = app.services.links.make(`/jobs/${id}/frames/after`);
    expect((await fetch(`${app.origin}${link}`)).status).toBe(409);
  });

  test('server 6.33 of an image sequence are those that the rate of the job puts there', async () => {
    const path = await clip('pictures-packed');
    const wish = { atSeconds: 0.5, maxSidePx: null };
    expect((await readPicture(path, wish, 10)).timestampSeconds).toBeCloseTo(0.5, 9);
    expect((await readPicture(path, wish)).timestampSeconds).toBeCloseTo(0.44, 9);
  });

  test.each([
    ['rotated-90', 54, 96],
    ['wide-pixels', 131, 72],
  ])('server 6.32 of %s are upright and have square pixels', async (name, width, height) => {
    const { webp } = await readPicture(await clip(name), { atSeconds: 0, maxSidePx: null });
    expect(await sharp(webp).metadata()).toMatchObject({ width, height });
  });
});
