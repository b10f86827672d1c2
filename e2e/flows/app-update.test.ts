import type { BrowserContext, Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { Deployment, onlyInVersion1 } from '../driver/deployment.ts';
import { begin } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { keepLargeFile, keptLargeFiles, visit, withDataSaver } from '../driver/offline.ts';
import { storedSegments } from '../driver/storage.ts';
import { EngineFault, everyWorker } from '../faults/engine/engine-fault.ts';
import { silentEncoder } from '../faults/engine/faults.ts';

test.use({ serviceWorkers: 'allow' });

let app: Deployment;

test.beforeEach(async () => {
  app = await Deployment.start();
});
test.afterEach(() => app.stop());

const updateNow = (page: Page) => page.getByRole('button', { name: 'Update now' });
const afterWork = (page: Page) => page.getByText('as soon as no job runs');

/** There in the document of the second version. */
const secondVersion = (page: Page) => page.locator('meta[name=version]');

/** Opens the app in another tab, which makes the browser look for a new version, and waits until it is told. */
async function openAndHear(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await withDataSaver(page);
  await page.goto(app.url);
  await expect(updateNow(page)).toBeVisible();
  return page;
}

test.describe('app 8 updates', () => {
  test('app 8.19 a new version is told, changes nothing unasked, and then comes in every tab', async ({
    context,
    page,
  }) => {
    await visit(page, app.url);
    app.update();
    const other = await openAndHear(context);
    await expect(updateNow(page)).toBeVisible();
    await other.reload();
    for (const each of [page, other]) await expect(secondVersion(each)).toHaveCount(0);
    await updateNow(other).click();
    for (const each of [page, other]) await expect(secondVersion(each)).toHaveCount(1);
    await expect(updateNow(page)).toHaveCount(0);
  });

  test('app 8.20 a new version waits until no tab runs a job', async ({ context, page }) => {
    // With the context: the service worker keeps the engine as it gets it.
    await EngineFault.install(context, silentEncoder, { frame: 30 }, everyWorker);
    await visit(page, app.url);
    const running = await begin(page, await clip('plain-h264'));
    await expect.poll(() => storedSegments(page)).toBe(2);
    app.update();
    const other = await openAndHear(context);
    await updateNow(other).click();
    await expect(afterWork(other)).toBeVisible();
    for (const each of [page, other]) await expect(secondVersion(each)).toHaveCount(0);
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    await running.page
      .getByRole('button', { name: /^Cancel/ })
      .first()
      .click();
    for (const each of [page, other]) await expect(secondVersion(each)).toHaveCount(1);
  });

  test('app 8.21 a new version waits while a tab has files that are no jobs yet', async ({
    context,
    page,
  }) => {
    await visit(page, app.url);
    await new AppPage(page).pick(await clip('tiny'));
    app.update();
    const other = await openAndHear(context);
    await updateNow(other).click();
    await expect(afterWork(other)).toBeVisible();
    await expect(secondVersion(page)).toHaveCount(0);
    await page
      .getByRole('button', { name: /^Remove / })
      .first()
      .click();
    for (const each of [page, other]) await expect(secondVersion(each)).toHaveCount(1);
  });

  test('app 8.22 files of an old version are kept while a tab has it open, and forgotten then', async ({
    context,
    page,
  }) => {
    await withDataSaver(page);
    await visit(page, app.url);
    await keepLargeFile(page, onlyInVersion1);
    app.update();
    const other = await openAndHear(context);
    await new AppPage(page).pick(await clip('tiny'));
    await other.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      registration?.waiting?.postMessage({ type: 'SKIP_WAITING' });
    });
    const hasWaiting = () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return registration?.waiting !== null || registration.active?.state !== 'activated';
      });
    await expect.poll(hasWaiting).toBe(false);
    await other.close();
    const next = await context.newPage();
    await withDataSaver(next);
    await visit(next, app.url);
    await expect(secondVersion(next)).toHaveCount(1);
    expect(await keptLargeFiles(next)).toEqual([`${onlyInVersion1}.onnx`]);
    await page.close();
    await next.reload();
    await expect.poll(() => keptLargeFiles(next)).toEqual([]);
  });
});
