import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { begin, collect, enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { sharedFiles, withShareSheet } from '../driver/share-sheet.ts';
import { storedFiles, storedJobs } from '../driver/storage.ts';
import { EngineFault, everyWorker } from '../faults/engine/engine-fault.ts';
import { silentEncoder } from '../faults/engine/faults.ts';

/** A job that stands still after its 30th frame, to be looked at. */
async function beginAndHold(page: Page): Promise<void> {
  await page.goto('/');
  await EngineFault.install(page, silentEncoder, { frame: 30 }, everyWorker);
  await begin(page, await clip('plain-h264'));
}

test.describe('app 4. a running job', () => {
  test('app 4.1 shows percent, frames, speed, time so far and where it runs', async ({ page }) => {
    await beginAndHold(page);
    const progress = page.getByRole('region', { name: 'Progress' });
    await expect(progress).toContainText(/\d\d\s?%/);
    await expect(progress).toContainText(/\d\d of 75/);
    await expect(progress).toContainText(/\d+\.\d frames per second/);
    await expect(progress).toContainText('wasm');
    await expect(progress.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /\d\d/);
  });

  test('app 4.2 shows the time left, and the time of each stage', async ({ page }) => {
    await beginAndHold(page);
    const progress = page.getByRole('region', { name: 'Progress' });
    await expect(progress).toContainText(/about .* left/);
    await progress.getByText('Time per stage').click();
    await expect(progress.locator('dl').filter({ hasText: 'Decode' })).toContainText(/\d/);
  });

  test('app 4.3 shows a new frame before and after', async ({ page }) => {
    await beginAndHold(page);
    const figure = page.getByRole('figure');
    await expect(figure).toContainText('Before');
    await expect(figure).toContainText('After');
    await expect(figure).toContainText(/Newest frame, at 0:0/);
  });

  test('app 4.4 tells how far it is in the title of the tab, and leaves the title when it is done', async ({
    page,
  }) => {
    await beginAndHold(page);
    await expect(page).toHaveTitle(/^\d\d\s?% – plain-h264\.mp4 – ClearReel$/);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(page).toHaveTitle('ClearReel');
  });

  test('app 4.5 keeps the screen awake while it runs, and no longer', async ({ page }) => {
    await page.addInitScript(() => {
      const { request } = WakeLock.prototype;
      Object.assign(window, { held: 0 });
      const count = window as unknown as { held: number };
      WakeLock.prototype.request = async function held(type) {
        const sentinel = await request.call(this, type);
        count.held++;
        sentinel.addEventListener('release', () => {
          count.held--;
        });
        return sentinel;
      };
    });
    await beginAndHold(page);
    const held = () => page.evaluate(() => (window as unknown as { held: number }).held);
    await expect.poll(held).toBe(1);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect.poll(held).toBe(0);
  });

  test('app 4.6 asks for leave to notify only on a click', async ({ page }) => {
    // A browser without a screen answers no before anyone asks.
    await page.addInitScript(() => {
      const asked = { count: 0 };
      Object.assign(window, { asked });
      Object.defineProperty(Notification, 'permission', { get: () => 'default' });
      Notification.requestPermission = async () => {
        asked.count++;
        return 'granted';
      };
    });
    await beginAndHold(page);
    const asked = () =>
      page.evaluate(() => (window as unknown as { asked: { count: number } }).asked.count);
    expect(await asked()).toBe(0);
    await page.getByRole('button', { name: 'Tell me when it is done' }).click();
    await expect.poll(asked).toBe(1);
  });
});

test.describe('app 5. the result', () => {
  test('app 5.1 stands beside its source in a player, and both can be saved and compared', async ({
    page,
  }) => {
    await page.goto('/');
    const { path, report } = await enhance(page, await clip('plain-h264'));
    expect((await readFile(path)).byteLength).toBeGreaterThan(1000);
    const table = page.getByRole('region', { name: 'Result' }).getByRole('table');
    await expect(table).toContainText('96×54');
    await expect(table).toContainText(`${report.width}×${report.height}`);
    await expect(
      page.getByRole('slider', { name: 'Divider between left and right' }),
    ).toBeVisible();
  });

  test('app 5.2 is run again with other settings from the same file', async ({ page }) => {
    await page.goto('/');
    await enhance(page, await clip('plain-h264'));
    await page.getByRole('button', { name: 'Run again with other settings' }).click();
    const app = new AppPage(page);
    await expect
      .poll(async () => (await app.spec().catch(() => null))?.enhance?.model)
      .toBe('anime4k-s-x2');
    await app.applySpec({ ...(await app.spec()), output: { container: 'webm', codec: 'vp9' } });
    await app.start();
    const { path } = await collect(app);
    expect(path).toMatch(/\.webm$/);
  });

  test('app 5.4 is shared as a file where the platform can', async ({ page }) => {
    await withShareSheet(page);
    await page.goto('/');
    const { path } = await enhance(page, await clip('tiny'));
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const { byteLength: bytes } = await readFile(path);
    await expect.poll(() => sharedFiles(page)).toMatchObject([{ type: 'video/mp4', bytes }]);
  });

  test('app 5.3 is deleted with its files', async ({ page }) => {
    await page.goto('/');
    await enhance(page, await clip('tiny'));
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => storedJobs(page)).toEqual([]);
    expect(await storedFiles(page)).toEqual([]);
  });
});
