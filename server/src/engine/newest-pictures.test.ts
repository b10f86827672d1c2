import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJobSpec } from '@clearreel/shared/spec/job-spec';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { type NewestPictures, openNewestView } from './newest-pictures.ts';
import { runJob } from './run-job.ts';

const spec = parseJobSpec({
  version: 1,
  trim: { startSeconds: 0.4, endSeconds: 0.8 },
  enhance: { model: 'anime4k-s-x2' },
  output: { container: 'mkv', codec: 'hevc' },
});

/** What somebody who watches a job from its beginning is shown first. */
async function firstShown(name: string): Promise<NewestPictures> {
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-newest-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const view = openNewestView();
  const shown = Promise.withResolvers<NewestPictures>();
  view.watch(async (frames) => shown.resolve(frames));
  await runJob({
    ...{ spec, view },
    sourcePath: await clip(name),
    sourceName: 'clip',
    workFolder: join(folder, 'work'),
    resultFolder: join(folder, 'result'),
    providers: ['cpu'],
    signal: new AbortController().signal,
    onProgress() {},
    async onSegment() {},
  });
  return shown.promise;
}

/** Mean difference of two pictures' values, 0 to 255, in the size of the smaller one. */
async function difference(before: Uint8Array, after: Uint8Array): Promise<number> {
  const { width, height } = await sharp(before).metadata();
  const values = (picture: Uint8Array) =>
    sharp(picture).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  const [one, other] = await Promise.all([values(before), values(after)]);
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

describe('server 1. the newest frame of a job', () => {
  it.each([
    ['plain-h264', { width: 96, height: 54 }, { width: 192, height: 108 }],
    ['rotated-90', { width: 54, height: 96 }, { width: 108, height: 192 }],
    ['mirrored', { width: 96, height: 54 }, { width: 192, height: 108 }],
    ['wide-pixels', { width: 131, height: 72 }, { width: 262, height: 144 }],
    ['ten-bit', { width: 96, height: 54 }, { width: 192, height: 108 }],
    ['hdr-pq', { width: 96, height: 54 }, { width: 192, height: 108 }],
    ['h264-ts', { width: 96, height: 54 }, { width: 192, height: 108 }],
  ])(
    'server 1.54 of %s is shown before and after, upright and in the same colours',
    async (name, ...sizes) => {
      const { before, after, timestampSeconds } = await firstShown(name);
      expect(timestampSeconds).toBeCloseTo(0.4, 1);
      const shown = await Promise.all([before, after].map((picture) => sharp(picture).metadata()));
      expect(shown.map(({ width, height }) => ({ width, height }))).toEqual(sizes);
      expect(await difference(before, after)).toBeLessThan(8);
    },
  );
});
