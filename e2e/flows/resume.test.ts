import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../browser/chromium.ts';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { begin, collect, enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { expectSameVideo } from '../driver/same-video.ts';
import { storedJobs, storedSegments, strayFiles } from '../driver/storage.ts';
import { EngineFault, everyWorker } from '../faults/engine/engine-fault.ts';
import { silentEncoder } from '../faults/engine/faults.ts';

/** Two segments and a half of `plain-h264` in segments of half a second. */
const inTheThirdSegment = { frame: 30 };

/** Stops a job in the middle of its third segment: the encoder says nothing more. */
async function beginAndHold(page: Page, input: string): Promise<EngineFault> {
  const fault = await EngineFault.install(page, silentEncoder, inTheThirdSegment, everyWorker);
  await begin(page, input);
  await expect.poll(() => storedSegments(page)).toBe(2);
  return fault;
}

test.describe('10. a job that was interrupted', () => {
  let source: string;
  let reference: string;

  test.beforeAll(async ({ browser, baseURL }) => {
    source = await clip('plain-h264');
    const page = await browser.newPage({ acceptDownloads: true });
    await page.goto(baseURL ?? '/');
    reference = (await enhance(page, source)).path;
    await page.close();
  });

  test('10.1 goes on in a new tab after its tab was closed, with the frames of an uninterrupted run', async ({
    context,
    page,
  }) => {
    await page.goto('/');
    await beginAndHold(page, source);
    await page.close();
    const next = await context.newPage();
    await next.goto('/');
    const app = new AppPage(next);
    await app.show('queue');
    await expect(next.getByText('plain-h264.mp4 – interrupted')).toBeVisible();
    await app.resume(source);
    const result = await collect(app);
    expect(result.report).toMatchObject({ resumedSegments: 2, framesIn: 75, framesOut: 75 });
    await expectSameVideo(result.path, reference);
    expect((await storedJobs(next)).map(({ state }) => state)).toEqual(['completed']);
    await expect.poll(() => strayFiles(next)).toEqual([]);
  });

  test('10.2 goes on after the browser was killed, with the frames of an uninterrupted run', async ({
    baseURL,
  }) => {
    const profile = await mkdtemp(join(tmpdir(), 'clearreel-'));
    const first = await openProfile(profile, baseURL);
    await beginAndHold(first.page, source);
    await kill(profile, first.context);
    const { context, page } = await openProfile(profile, baseURL);
    const app = new AppPage(page);
    await app.resume(source);
    const result = await collect(app);
    expect(result.report).toMatchObject({ resumedSegments: 2, framesIn: 75, framesOut: 75 });
    await expectSameVideo(result.path, reference);
    await expect.poll(() => strayFiles(page)).toEqual([]);
    await context.close();
    await rm(profile, { recursive: true });
  });

  test('10.3 is refused with another file, and keeps its segments', async ({ page }) => {
    await page.goto('/');
    const fault = await beginAndHold(page, source);
    await page.reload();
    await fault.lift();
    const app = new AppPage(page);
    await app.resume(await clip('vfr-mp4'));
    expect((await app.shownError()).code).toBe('SOURCE_MISMATCH');
    expect(await storedSegments(page)).toBe(2);
  });

  test('10.4 cannot be run or deleted by a second tab while the first runs it', async ({
    context,
    page,
  }) => {
    await page.goto('/');
    await beginAndHold(page, source);
    const second = await context.newPage();
    await second.goto('/');
    await new AppPage(second).show('queue');
    await expect(second.getByText('plain-h264.mp4 – running in another tab')).toBeVisible();
    await expect(second.getByRole('button', { name: /plain-h264/ })).toHaveCount(0);
    expect(await storedSegments(second)).toBe(2);
  });

  test('10.5 is taken from the hands of a tab that saw it idle before another tab took it', async ({
    context,
    page,
  }) => {
    await page.goto('/');
    await beginAndHold(page, source);
    await page.close();
    const [first, second] = [await context.newPage(), await context.newPage()];
    await EngineFault.install(first, silentEncoder, { frame: 1 }, everyWorker);
    await first.goto('/');
    await second.goto('/');
    await new AppPage(second).show('queue');
    await expect(second.getByText('plain-h264.mp4 – interrupted')).toBeVisible();
    await new AppPage(first).resume(source);
    await expect(first.getByRole('region', { name: 'Progress' })).toBeVisible();
    await expect(second.getByText('plain-h264.mp4 – running in another tab')).toBeVisible();
    await expect(second.getByRole('button', { name: 'Delete plain-h264.mp4' })).toBeHidden();
    await expect(second.getByLabel('Pick plain-h264.mp4 again')).toBeHidden();
    expect(await storedSegments(first)).toBe(2);
    expect((await storedJobs(first)).length).toBe(1);
  });

  test('10.6 keeps its segments when it is cancelled, and goes on from them', async ({ page }) => {
    await page.goto('/');
    const fault = await beginAndHold(page, source);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(page.getByText('The job was cancelled.')).toBeVisible();
    await fault.lift();
    const app = new AppPage(page);
    await app.resume(source);
    const result = await collect(app);
    expect(result.report).toMatchObject({ resumedSegments: 2 });
    await expectSameVideo(result.path, reference);
  });
});

async function openProfile(
  profile: string,
  baseURL: string | undefined,
): Promise<{ context: BrowserContext; page: Page }> {
  const options = { ...chromiumLaunchOptions(), acceptDownloads: true };
  const context = await chromium.launchPersistentContext(profile, options);
  const page = await context.newPage();
  await page.goto(baseURL ?? '/');
  return { context, page };
}

/** Ends the browser as a power cut would. Chromium's lock on the profile is a link named after its process. */
async function kill(profile: string, context: BrowserContext): Promise<void> {
  const target = await readlink(join(profile, 'SingletonLock'));
  const closed = context.waitForEvent('close');
  process.kill(Number(target.slice(target.lastIndexOf('-') + 1)), 'SIGKILL');
  await closed;
}
