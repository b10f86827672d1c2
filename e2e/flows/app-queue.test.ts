import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { collect } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { storedJobs, storedSegments } from '../driver/storage.ts';
import { EngineFault, everyWorker } from '../faults/engine/engine-fault.ts';
import { silentEncoder } from '../faults/engine/faults.ts';
import { frameTimes } from '../reference/index.ts';

const names = ['plain-h264', 'vfr-mp4', 'webm-vp9-opus'] as const;

/** Picks all files at once, gives them quick settings and the processor, and leaves the start to the test. */
async function pickAll(page: Page): Promise<AppPage> {
  await page.goto('/');
  const app = new AppPage(page);
  const paths = await Promise.all(names.map((name) => clip(name)));
  await app.pick(paths, { provider: 'wasm' });
  const { enhance, output, ...rest } = await app.spec();
  await app.applySpec({
    ...rest,
    enhance: { ...enhance, model: 'anime4k-s-x2' },
    output: { ...output, segmentSeconds: 0.5 },
  });
  return app;
}

const jobNames = (page: Page) =>
  page.getByRole('list', { name: 'Jobs to be done' }).getByRole('link').allTextContents();

/** Holds the first job in its third segment, so that the others wait. */
const holdFirst = (page: Page) =>
  EngineFault.install(page, silentEncoder, { frame: 30 }, everyWorker);

test.describe('app 1. files and the queue', () => {
  test('app 1.1 facts, tracks and problems of every picked file are shown before anything starts', async ({
    page,
  }) => {
    await pickAll(page);
    const facts = page.getByRole('region', { name: 'The video' });
    await expect(facts).toContainText('96×54');
    await expect(facts).toContainText('25 per second');
    await page.getByRole('button', { name: 'vfr-mp4.mp4', exact: true }).click();
    await expect(facts).toContainText('variable');
    expect(await storedJobs(page)).toEqual([]);
  });

  test('app 1.2 a file that cannot be used is refused in its place, and the others stay', async ({
    page,
  }) => {
    await page.goto('/');
    const app = new AppPage(page);
    await app.pick([await clip('plain-h264'), await clip('audio-only')], { provider: 'wasm' });
    await page
      .getByRole('button', { name: /audio-only/ })
      .first()
      .click();
    await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'SOURCE_NO_VIDEO');
    await page.getByRole('button', { name: 'plain-h264.mp4', exact: true }).click();
    await expect(page.getByRole('alert')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled();
  });

  test('app 1.3 all files run one after the other, each to its own result', async ({ page }) => {
    await pickAll(page);
    await page.getByRole('button', { name: 'Use these settings for all' }).click();
    await page.getByRole('button', { name: 'Start all 3' }).click();
    const ended = page.getByRole('list', { name: 'Done in this visit' });
    await expect(ended.getByRole('listitem')).toHaveCount(3);
    expect((await storedJobs(page)).map(({ state }) => state)).toEqual(Array(3).fill('completed'));
    const jobId = await ended
      .getByRole('listitem')
      .filter({ hasText: 'vfr-mp4' })
      .getAttribute('data-job');
    const app = new AppPage(page);
    await app.showJob(jobId);
    const { path } = await collect(app);
    const times = async (file: string) =>
      (await frameTimes(file)).map(({ timestampSeconds }) => timestampSeconds);
    expect(await times(path)).toEqual(await times(await clip('vfr-mp4')));
  });

  test('app 1.4 waiting jobs change places, are paused, continued, cancelled and deleted', async ({
    page,
  }) => {
    await pickAll(page);
    await page.getByRole('button', { name: 'Use these settings for all' }).click();
    const fault = await holdFirst(page);
    await page.getByRole('button', { name: 'Start all 3' }).click();
    await expect.poll(() => jobNames(page)).toHaveLength(3);
    const [first, second, third] = await jobNames(page);
    await page.getByRole('button', { name: `Move ${third} up` }).click();
    await expect.poll(() => jobNames(page)).toEqual([first, third, second]);
    await page.getByRole('button', { name: `Pause ${third}` }).click();
    await expect(page.getByText(`${third} – paused`)).toBeVisible();
    await page.getByRole('button', { name: `Continue ${third}` }).click();
    await expect(page.getByText(`${third} – waiting`)).toBeVisible();
    await page.getByRole('button', { name: `Cancel ${second}` }).click();
    await expect(page.getByText(`${second} – cancelled`)).toBeVisible();
    await page.getByRole('button', { name: `Delete ${second}` }).click();
    await expect(page.getByText(String(second))).toBeHidden();
    // Before the next job begins: its worker would be struck, too.
    await fault.lift();
    await page.getByRole('button', { name: `Cancel ${first}` }).click();
    await expect(page.getByText(`${third} – done`)).toBeVisible();
  });

  test('app 1.5 a running job that is paused goes on where it was, and so does one that is tried again', async ({
    page,
  }) => {
    await pickAll(page);
    const fault = await holdFirst(page);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect.poll(() => storedSegments(page)).toBe(2);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'paused' })).toBeVisible();
    // Held again, and where it is: what it is tried again from is what there was at the pause.
    await EngineFault.install(page, silentEncoder, { frame: 1 }, everyWorker);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(page.getByText('The job was cancelled.')).toBeVisible();
    await fault.lift();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    const result = await collect(new AppPage(page));
    expect(result.report).toMatchObject({ resumedSegments: 2, framesOut: 75 });
  });

  test('app 1.6 the whole queue is paused and continued', async ({ page }) => {
    await pickAll(page);
    const fault = await holdFirst(page);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect.poll(() => storedSegments(page)).toBe(2);
    await new AppPage(page).show('queue');
    await page.getByRole('button', { name: 'Pause the queue' }).click();
    await expect(page.getByText('plain-h264.mp4 – waiting')).toBeVisible();
    await fault.lift();
    await page.getByRole('button', { name: 'Continue the queue' }).click();
    await expect(page.getByText('plain-h264.mp4 – done')).toBeVisible();
  });

  test('app 1.7 files come in by drop and by paste, too', async ({ page }) => {
    await page.goto('/');
    const app = new AppPage(page);
    await app.drop([await clip('plain-h264')], 'drop');
    await expect(page.getByRole('button', { name: 'plain-h264.mp4', exact: true })).toBeVisible();
    await app.drop([await clip('vfr-mp4')], 'paste');
    await expect(page.getByRole('button', { name: 'vfr-mp4.mp4', exact: true })).toBeVisible();
  });
});
