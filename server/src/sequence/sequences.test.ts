import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryPlanes } from '@clearreel/shared/frameops/sample-memory';
import type { MediaSource } from '@clearreel/shared/media/source';
import { afterEach, describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { unzipped } from '../../../e2e/clips/zip.ts';
import { ffmpeg } from '../../../e2e/reference/ffmpeg.ts';
import { framesOf, open, signal, timesOf } from '../media/reading.test-kit.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** The folder that a user would have of a clip's pictures. */
async function folderOf(name: string, inside = ''): Promise<string> {
  const folder = await unzipped(await clip(name));
  folders.push(folder);
  return join(folder, inside);
}

/** R, G and B of every frame, one after the other. */
async function rgbOf(source: MediaSource): Promise<Buffer> {
  const pictures: Uint8Array[] = [];
  for await (const { sample } of framesOf(source)) {
    const [plane] = (await memoryPlanes(sample)) ?? [];
    pictures.push((plane?.data ?? new Uint8Array()).filter((_, at) => at % 4 < 3));
  }
  return Buffer.concat(pictures);
}

const meanDifference = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;

describe('server 1.70 pictures are read wherever they lie', () => {
  test('server 1.70.1 bit by bit, from a ZIP, from what the page packs, and from a folder', async () => {
    const reference = await clip('pictures-as-rgb');
    const wanted = await ffmpeg(['-i', reference, '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-']);
    const places = [await clip('pictures-png'), await clip('pictures-packed')];
    for (const path of [...places, await folderOf('pictures-png', 'Reel')]) {
      const source = await open(path);
      expect((await rgbOf(source)).equals(wanted)).toBe(true);
      expect(source.facts.decoder).toMatchObject({ value: 'sharp' });
      source.dispose();
    }
  });

  test.each([
    [undefined, 25, 1],
    [10, 10, 1],
    [29.97, 30_000, 1001],
    [23.976, 24_000, 1001],
  ])('server 1.70.2 at a rate of %s, with exact times', async (framesPerSecond, per, second) => {
    const source = await open(await clip('pictures-packed'), { framesPerSecond });
    const wanted = Array.from({ length: 12 }, (_, position) => (position * second) / per);
    expect(await timesOf(source)).toEqual(wanted.map((each) => expect.closeTo(each, 12)));
    expect(await source.packetIndex(signal)).toHaveLength(12);
    expect(source.facts.durationSeconds).toBeCloseTo((12 * second) / per, 12);
    source.dispose();
  });

  test('server 1.70.3 in spans that share no frame and lose none', async () => {
    const source = await open(await clip('pictures-png'));
    const first = await timesOf(source, null, 0.2);
    const second = await timesOf(source, 0.2, null);
    expect([first.length, second.length]).toEqual([5, 7]);
    source.dispose();
  });

  test('server 1.70.4 upright, as EXIF says', async () => {
    const turned = await open(await clip('pictures-turned'));
    expect(turned.facts.video).toMatchObject({ width: 54, height: 96, rotation: 0 });
    const folder = await folderOf('pictures-png', 'Reel');
    const stored = join(folder, 'shot_%d.png');
    const filters = ['-vf', 'transpose=clock', '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'];
    const wanted = await ffmpeg(['-i', stored, ...filters]);
    // Hard edges of saturated colours cost JPEG a little.
    expect(meanDifference(await rgbOf(turned), wanted)).toBeLessThan(8);
    turned.dispose();
  });

  test('server 1.70.5 on black where they are transparent, and it is known', async () => {
    const source = await open(await clip('pictures-alpha'));
    expect(source.facts.video.hasAlpha).toBe(true);
    const rgb = (await rgbOf(source)).subarray(0, 3 * 96 * 54);
    const isLeft = (at: number) => at % (3 * 96) < 3 * 48;
    expect(Math.max(...rgb.filter((_, at) => isLeft(at)))).toBe(0);
    expect(Math.max(...rgb)).toBeGreaterThan(200);
    source.dispose();
  });
});

describe('server 1.71 what is wrong with a sequence is said as in the page', () => {
  test('server 1.71.1 damaged pictures are lost, the others keep their times', async () => {
    const source = await open(await clip('pictures-damaged'));
    const kept = [0, 1, 2, 3, 5, 6, 8, 9, 10, 11].map((position) => position / 25);
    expect(await timesOf(source)).toEqual(kept.map((seconds) => expect.closeTo(seconds, 9)));
    expect(source.notices).toMatchObject([
      { code: 'SPAN_DAMAGED', detail: { lost: 2, total: 12 } },
    ]);
    source.dispose();
  });

  test('server 1.71.2 missing numbers are counted', async () => {
    const source = await open(await clip('pictures-gaps'));
    expect(source.notices).toMatchObject([
      { code: 'SEQUENCE_GAPS', detail: { missing: 3, after: 'shot_3.png' } },
    ]);
    source.dispose();
  });

  test.each([
    ['pictures-sizes', 'SEQUENCE_SIZES'],
    ['pictures-bomb', 'SOURCE_TOO_LARGE'],
    ['pictures-encrypted', 'SOURCE_ENCRYPTED'],
    ['picture-alone', 'SOURCE_SINGLE_PICTURE'],
  ])('server 1.71.3 %s is refused with %s', async (name, code) => {
    await expect(open(await clip(name))).rejects.toMatchObject({ code });
  });

  test('server 1.71.4 so is a picture that is no sequence, and a folder without pictures', async () => {
    const folder = await folderOf('picture-alone');
    await expect(open(join(folder, 'shot_1.png'))).rejects.toMatchObject({
      code: 'SOURCE_SINGLE_PICTURE',
    });
    const empty = await mkdtemp(join(tmpdir(), 'clearreel-'));
    folders.push(empty);
    await expect(open(empty)).rejects.toMatchObject({
      ...{ code: 'SOURCE_UNREADABLE', detail: { reason: { code: 'NO_PICTURES' } } },
    });
  });

  test('server 1.71.5 a picture that is gone when it is its turn ends the job with SOURCE_CHANGED', async () => {
    const folder = await folderOf('pictures-png', 'Reel');
    const source = await open(folder);
    await rm(join(folder, 'shot_9.png'));
    await expect(timesOf(source)).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
    source.dispose();
  });

  test('server 1.71.6 one that has become shorter is lost', async () => {
    const folder = await folderOf('pictures-png', 'Reel');
    const source = await open(folder);
    await truncate(join(folder, 'shot_9.png'), 100);
    expect(await timesOf(source)).toHaveLength(11);
    expect(source.notices).toMatchObject([{ code: 'SPAN_DAMAGED', detail: { lost: 1 } }]);
    source.dispose();
  });
});
