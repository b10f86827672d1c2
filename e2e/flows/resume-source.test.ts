import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { collect } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { storedFiles, storedSegments, strayFiles } from '../driver/storage.ts';
import { EngineFault, everyWorker } from '../faults/engine/engine-fault.ts';
import { silentEncoder } from '../faults/engine/faults.ts';

/** Starts what is picked in segments of half a second, and closes the tab in the third of them. */
async function startAndLeave(app: AppPage): Promise<void> {
  const { page } = app;
  const proposed = await app.spec();
  await app.applySpec({
    ...proposed,
    enhance: { ...proposed.enhance, model: 'anime4k-s-x2' },
    output: { ...proposed.output, segmentSeconds: 0.5 },
  });
  await EngineFault.install(page, silentEncoder, { frame: 30 }, everyWorker);
  await app.start();
  await expect.poll(() => storedSegments(page)).toBe(2);
  await page.close();
}

/** Comes back in a new tab and continues without picking anything. */
async function comeBack(context: BrowserContext): Promise<{ page: Page; app: AppPage }> {
  const page = await context.newPage();
  await page.goto('/');
  const app = new AppPage(page);
  await app.goOn();
  return { page, app };
}

/** The system's file dialogue cannot be used without a screen: this one picks a file of the browser's own. */
async function answerPickerWith(page: Page, path: string): Promise<void> {
  const base64 = (await readFile(path)).toString('base64');
  await page.evaluate(async (content) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('picked.mp4', { create: true });
    const writable = await handle.createWritable();
    await writable.write(Uint8Array.from(atob(content), (char) => char.charCodeAt(0)));
    await writable.close();
    Object.assign(window, { showOpenFilePicker: async () => [handle] });
  }, base64);
}

test.describe('10. the source of a job that was interrupted', () => {
  test.beforeEach(({ page }) => page.goto('/'));

  test('10.70 is its copy where the user asked for one, with the size; the copy goes with the job', async ({
    context,
    page,
  }) => {
    const app = new AppPage(page);
    await app.pick(await clip('plain-h264'), { provider: 'wasm' });
    await page.getByLabel(/^Keep a copy in the browser until the job is done \(\d.* kB\)/).check();
    await startAndLeave(app);
    const back = await comeBack(context);
    expect((await collect(back.app)).report).toMatchObject({ resumedSegments: 2, framesOut: 75 });
    await expect.poll(() => strayFiles(back.page)).toEqual([]);
    expect(await storedFiles(back.page)).toHaveLength(1);
  });

  test('10.71 is found again by its handle where the browser gave one', async ({
    context,
    page,
  }) => {
    const app = new AppPage(page);
    await answerPickerWith(page, await clip('plain-h264'));
    await page.getByRole('button', { name: 'Choose videos' }).click();
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
    await expect(page.getByLabel(/^Keep a copy/)).toBeHidden();
    await startAndLeave(app);
    const back = await comeBack(context);
    expect((await collect(back.app)).report).toMatchObject({ resumedSegments: 2, framesOut: 75 });
  });

  test('10.72 that is gone from behind its handle is said to be gone, and the segments are kept', async ({
    context,
    page,
  }) => {
    const app = new AppPage(page);
    await answerPickerWith(page, await clip('plain-h264'));
    await page.getByRole('button', { name: 'Choose videos' }).click();
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
    await startAndLeave(app);
    const other = await context.newPage();
    await other.goto('/');
    await other.evaluate(async () =>
      (await navigator.storage.getDirectory()).removeEntry('picked.mp4'),
    );
    const back = await comeBack(context);
    expect((await back.app.shownError()).code).toBe('SOURCE_CHANGED');
    expect(await storedSegments(back.page)).toBe(2);
  });
});
