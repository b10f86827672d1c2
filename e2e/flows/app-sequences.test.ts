import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { unzipped } from '../clips/zip.ts';
import { AppPage, type PageError } from '../driver/app-page.ts';
import { expect, test } from '../driver/flow.ts';
import { expectSameVideo } from '../driver/same-video.ts';
import { storedFiles } from '../driver/storage.ts';
import { frameTimes, largestColourError, probe, probeVideo, psnr } from '../reference/index.ts';

/** The pictures alone: no model, the same size, finely coded. */
const plain = {
  enhance: { model: 'none', target: { kind: 'factor', factor: 1 } },
  output: { quality: 100 },
};

const closeTo = (seconds: readonly number[]) => seconds.map((each) => expect.closeTo(each, 6));

const folderOf = async (name: string) => unzipped(await clip(name));

test.describe('app 1.5 an image sequence becomes a video', () => {
  test('app 1.5.1 with every picture in its order and nothing else', async ({ enhanced }) => {
    const { path, notices } = await enhanced('pictures-png', plain);
    const found = await probe(path);
    expect(found.streams.map(({ kind }) => kind)).toEqual(['video']);
    expect(found.video[0]).toMatchObject({ width: 96, height: 54, frameRate: '25/1' });
    const { perFrame } = await psnr(path, await clip('pictures-as-video'));
    expect(perFrame).toHaveLength(12);
    expect(Math.min(...perFrame)).toBeGreaterThan(38);
    expect(notices).toEqual([]);
  });

  for (const [framesPerSecond, frameRate, step] of [
    [25, '25/1', 1 / 25],
    [10, '10/1', 1 / 10],
    [29.97, '30000/1001', 1001 / 30_000],
  ] as const) {
    test(`app 1.5.2 at ${framesPerSecond} pictures a second, exactly`, async ({ enhanced }) => {
      const { path } = await enhanced('pictures-png', { ...plain, input: { framesPerSecond } });
      expect((await probeVideo(path)).frameRate).toBe(frameRate);
      const times = await frameTimes(path);
      const positions = [...Array(12).keys()];
      expect(times.map(({ timestampSeconds }) => timestampSeconds)).toEqual(
        closeTo(positions.map((position) => position * step)),
      );
      expect(times.map(({ durationSeconds }) => durationSeconds)).toEqual(
        closeTo(positions.map(() => step)),
      );
    });
  }

  for (const [name, pattern] of [
    ['bars-png', '%04d.png'],
    ['bars-jpeg', '%04d.jpg'],
    ['bars-webp', '%04d.webp'],
  ] as const) {
    test(`app 1.5.3 ${name} keeps its colours, and they are tagged as what they are`, async ({
      enhanced,
    }) => {
      const { path } = await enhanced(name, {
        enhance: { model: 'none', target: { kind: 'factor', factor: 4 } },
        output: { quality: 100 },
      });
      const pictures = join(await folderOf(name), pattern);
      // A step of 8-bit chroma is two of blue, and the codec may be off by one; another matrix is off by ten and more.
      expect(await largestColourError(pictures, path)).toBeLessThan(4);
      expect((await probeVideo(path)).colour).toEqual({
        ...{ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' },
      });
    });
  }

  test('app 1.5.4 a packed folder gives what its ZIP gives', async ({ enhanced }) => {
    const packed = await enhanced('pictures-packed', plain);
    await expectSameVideo(packed.path, (await enhanced('pictures-png', plain)).path);
  });

  test('app 1.5.5 without its damaged pictures, the others at their times', async ({
    enhanced,
  }) => {
    const { path, notices } = await enhanced('pictures-damaged', plain);
    const kept = [0, 1, 2, 3, 5, 6, 8, 9, 10, 11].map((position) => position / 25);
    const times = (await frameTimes(path)).map(({ timestampSeconds }) => timestampSeconds);
    expect(times).toEqual(closeTo(kept));
    expect(notices.map(({ code }) => code)).toContain('SPAN_DAMAGED');
  });

  test('app 1.5.6 saying which numbers are missing and that nothing stays transparent', async ({
    enhanced,
  }) => {
    const gaps = await enhanced('pictures-gaps', plain);
    expect(gaps.notices).toMatchObject([{ code: 'SEQUENCE_GAPS' }]);
    expect(gaps.notices[0]?.message).toContain(
      'missing in the sequence: 3, the first after shot_3',
    );
    expect(await frameTimes(gaps.path)).toHaveLength(9);
    const transparent = await enhanced('pictures-alpha', plain);
    expect(transparent.notices).toMatchObject([{ code: 'ALPHA_DROPPED' }]);
  });
});

for (const [name, code, sentence] of [
  ['pictures-sizes', 'SEQUENCE_SIZES', /shot_5\.png has 98×54, the first has 96×54/],
  ['picture-alone', 'SOURCE_SINGLE_PICTURE', /single picture/],
  ['pictures-encrypted', 'SOURCE_ENCRYPTED', /password/],
  ['pictures-bomb', 'SOURCE_TOO_LARGE', /30000×30000/],
] as const) {
  test(`app 1.6 ${name} is refused when it is picked, with ${code} and a sentence`, async ({
    page,
  }) => {
    await page.goto('/');
    const app = new AppPage(page);
    const error: PageError = await app.pick(await clip(name)).catch((thrown) => thrown);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(sentence);
    expect(await storedFiles(page)).toEqual([]);
  });
}

/** Drops files or folders of this machine onto the page, as a hand would. */
async function drop(page: Page, paths: string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 200, y: 300, data });
  }
}

const draftsOf = (page: Page) => page.getByRole('list', { name: 'Picked files' });
const factsOf = (page: Page) => page.getByRole('region', { name: 'The video' });

test.describe('app 1.7 a folder of pictures is one draft', () => {
  test.beforeEach(({ page }) => page.goto('/'));

  test('app 1.7.1 when it is chosen', async ({ page }) => {
    const folder = join(await folderOf('pictures-png'), 'Reel');
    await page.getByLabel('Folder of pictures').setInputFiles(folder);
    await expect(draftsOf(page).getByRole('listitem')).toHaveText(['Reel.frames']);
    await expect(factsOf(page)).toContainText('png in IMAGES');
  });

  test('app 1.7.2 when it is dropped', async ({ page }) => {
    await drop(page, [join(await folderOf('pictures-png'), 'Reel')]);
    await expect(draftsOf(page).getByRole('listitem')).toHaveText(['Reel.frames']);
    await expect(factsOf(page)).toContainText('96×54');
  });

  test('app 1.7.3 as are pictures dropped together, beside a video of its own', async ({
    page,
  }) => {
    const folder = join(await folderOf('pictures-png'), 'Reel');
    const pictures = [1, 2, 3].map((number) => join(folder, `shot_${number}.png`));
    await drop(page, [...pictures, await clip('plain-h264')]);
    await expect(draftsOf(page).getByRole('listitem')).toHaveText([
      'shot_1.frames',
      'plain-h264.mp4',
    ]);
  });

  test('app 1.7.4 whose length follows the rate that is asked for', async ({ page }) => {
    await new AppPage(page).pick(await clip('pictures-png'));
    await expect(factsOf(page)).toContainText('25');
    const field = page.getByLabel('Pictures per second');
    await field.fill('2');
    await field.press('Enter');
    await expect(factsOf(page)).toContainText('Length6 sec');
  });
});
