import { createHash } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '@clearreel/shared/api/job';
import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { unzipped } from '../clips/zip.ts';
import { AppPage } from '../driver/app-page.ts';
import { begin, collect, type SpecChange } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { askServer, heldBack, jobsOf, storedRecords } from '../driver/server-page.ts';
import { ServerProcess } from '../driver/server-process.ts';
import { frameTimes, probeVideo } from '../reference/index.ts';

const onCpu = { CLEARREEL_PROVIDERS: 'cpu' };

/** Works for long enough to be looked at. */
const slow = { enhance: { model: 'reel-x2' } } as const;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Works for longer than any test looks at it. */
const slowest = { enhance: { model: 'span-x2' } } as const;

/** A job whose file the server has. */
async function sent(
  page: Page,
  server: ServerProcess,
  name = 'plain-h264',
  change: SpecChange = {},
): Promise<AppPage> {
  await page.goto(server.url);
  const app = await begin(page, await clip(name), change, { place: 'server' });
  await expect.poll(async () => (await storedRecords(page)).jobs[0]?.remote?.jobId).toBeTruthy();
  return app;
}

async function done(page: Page, server: ServerProcess, name = 'plain-h264'): Promise<AppPage> {
  const app = await sent(page, server, name);
  await app.finished();
  return app;
}

async function theJob(server: ServerProcess): Promise<Job> {
  const [job] = await jobsOf(server);
  if (!job) throw new Error('the server has no job');
  return job;
}

test.describe('server 9. a job that a server does', () => {
  test('server 9.30 shows the same progress as one of this device, and says that the page may be closed', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const app = await sent(page, server, 'plain-h264', slowest);
    const progress = page.getByRole('region', { name: 'Progress' });
    await expect(progress).toContainText(/\d+ of 75/);
    await expect(progress).toContainText('you may close this page');
    await expect(progress.getByRole('button', { name: 'Pause' })).toHaveCount(0);
    await expect(page).toHaveTitle(/\d+% – plain-h264.mp4/);
    await app.finished();
  });

  test('server 9.41 shows the newest frame before and after, as a job of this device does', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.goto(server.url);
    await begin(page, await clip('real/bikes'), slow, { place: 'server' });
    const newest = page.getByRole('figure');
    await expect(newest).toContainText(/Newest frame, at 0:0\d/);
    const first = await newest.textContent();
    await expect(newest.getByText('Before')).toBeVisible();
    await expect(newest.getByText('After')).toBeVisible();
    await expect(newest).not.toHaveText(first ?? '');
  });

  test('server 9.42 asks for no frame while nobody looks at the job', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('newest-frame')) asked.push(request.url());
    });
    /** What the page asked for before is known by then. */
    const allAsked = () => page.evaluate(() => fetch('/api/v1/system').then(() => undefined));
    await page.clock.install();
    await page.goto(server.url);
    const app = await begin(page, await clip('real/bikes'), slow, { place: 'server' });
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    await app.show('queue');
    await expect(page.getByRole('listitem').getByText(/running on the server/)).toBeVisible();
    await allAsked();
    const before = asked.length;
    await page.clock.fastForward(10_000);
    await allAsked();
    expect(asked).toHaveLength(before);
    await page.goBack();
    await expect.poll(() => asked.length).toBeGreaterThan(before);
  });

  test('server 9.31 is done when the tab that was closed in the middle is opened again', async ({
    page,
    context,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await sent(page, server);
    const next = await context.newPage();
    await page.close();
    await expect.poll(async () => (await theJob(server)).state).toBe('completed');
    await next.goto(server.url);
    const app = new AppPage(next);
    await app.show('history');
    const card = next.getByRole('list', { name: 'History' }).getByRole('listitem');
    await expect(card).toContainText('done');
    await expect(card.locator('img')).toBeVisible();
    await card.getByRole('link').click();
    await expect(next.getByRole('region', { name: 'Result' })).toContainText('Made with');
  });

  test('server 9.32 is saved as the server has it, with every frame at its time', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const app = await done(page, server);
    const { path } = await collect(app);
    const { result } = await theJob(server);
    const there = await fetch(new URL(result?.link ?? '', server.url));
    expect(sha256(await readFile(path))).toBe(sha256(await there.bytes()));
    const [before, after] = await Promise.all([
      frameTimes(await clip('plain-h264')),
      frameTimes(path),
    ]);
    expect(after.map(({ timestampSeconds }) => timestampSeconds)).toEqual(
      before.map(({ timestampSeconds }) => expect.closeTo(timestampSeconds, 3)),
    );
  });

  test('server 9.33 is streamed to where the user wants it, without a copy in the browser', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.addInitScript(() => {
      Object.assign(window, {
        showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => {
          const folder = await navigator.storage.getDirectory();
          return folder.getFileHandle(suggestedName, { create: true });
        },
      });
    });
    await done(page, server, 'tiny');
    await page.getByRole('button', { name: 'Save as…' }).click();
    const saved = () =>
      page.evaluate(async () => {
        const folder = await navigator.storage.getDirectory();
        const handle = await folder.getFileHandle('tiny-clearreel.mp4').catch(() => null);
        return (await handle?.getFile())?.size ?? 0;
      });
    await expect.poll(saved).toBe((await theJob(server)).result?.bytes);
  });

  test('server 9.34 plays beside its source by links that are renewed when they expire', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({
      environment: { ...onCpu, CLEARREEL_LINK_MINUTES: '0.1' },
    });
    await done(page, server, 'tiny');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
    const link = page.getByRole('link', { name: 'Save video' });
    const first = await link.getAttribute('href');
    await expect(link).not.toHaveAttribute('href', first ?? '');
    const folder = await mkdtemp(join(tmpdir(), 'clearreel-'));
    await new AppPage(page).save(join(folder, 'saved.mp4'));
    expect((await frameTimes(join(folder, 'saved.mp4'))).length).toBeGreaterThan(0);
  });

  test('server 9.35 waits for a server that is away, and goes on by itself when it is back', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const news = await heldBack(page);
    const app = await sent(page, server);
    await server.kill('SIGKILL');
    await news.letGo();
    await expect(page.locator('[data-phase=away]')).toContainText(
      'goes on when the server is back',
    );
    await server.start();
    await app.finished();
    expect(await jobsOf(server)).toHaveLength(1);
  });

  test('server 9.36 is cancelled over there too, and goes on when it is tried again', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const app = await sent(page, server, 'plain-h264', slowest);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('The job was cancelled.')).toBeVisible();
    expect((await theJob(server)).state).toBe('cancelled');
    await page.getByRole('button', { name: /Try again|Continue/ }).click();
    await app.finished();
    expect(await jobsOf(server)).toHaveLength(1);
  });

  test('server 9.37 is deleted over there too', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await done(page, server, 'tiny');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
    expect(await jobsOf(server)).toEqual([]);
    expect((await storedRecords(page)).jobs).toEqual([]);
  });

  test('server 9.38 that is deleted while the server is away stays marked, and goes when it is back', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const app = await done(page, server, 'tiny');
    await server.kill('SIGKILL');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'SERVER_DELETES_LATER');
    await app.show('history');
    await expect(page.getByText('is deleted when the server is back')).toBeVisible();
    await server.start();
    await page.reload();
    await expect.poll(() => jobsOf(server)).toEqual([]);
    await expect.poll(async () => (await storedRecords(page)).jobs).toEqual([]);
  });

  test('server 9.39 that the server has lost says so, and is sent once more when it is tried again', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const news = await heldBack(page);
    const app = await sent(page, server);
    const { id } = await theJob(server);
    await fetch(new URL(`api/v1/jobs/${id}`, server.url), { method: 'DELETE' });
    await news.letGo();
    await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'SERVER_LOST_JOB');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await app.finished();
    expect((await theJob(server)).id).not.toBe(id);
  });

  test('server 9.43 may be of numbered pictures, at the rate that is asked for', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.goto(server.url);
    const folder = join(await unzipped(await clip('pictures-png')), 'Reel');
    const pictures = Array.from({ length: 12 }, (_, at) => join(folder, `shot_${at + 1}.png`));
    const app = new AppPage(page);
    await app.pick(pictures, { place: 'server' });
    const proposed = await app.spec();
    await app.applySpec({
      ...proposed,
      input: { framesPerSecond: 10 },
      enhance: { ...proposed.enhance, model: 'anime4k-s-x2' },
    });
    await app.start();
    const { path } = await collect(app);
    expect((await theJob(server)).sourceName).toBe('shot_1.frames');
    expect(await probeVideo(path)).toMatchObject({ width: 192, height: 108, frameRate: '10/1' });
    expect((await frameTimes(path)).map(({ timestampSeconds }) => timestampSeconds)).toEqual(
      pictures.map((_, position) => expect.closeTo(position / 10, 3)),
    );
    await expect(page.getByRole('region', { name: 'Result' })).toContainText('Made with');
  });

  test('server 9.40 is followed by asking where no events come through', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.route('**/events', (route) => route.fulfill({ status: 200, body: 'no events' }));
    await done(page, server, 'tiny');
    expect(await askServer<Job>(server, `/jobs/${(await theJob(server)).id}`)).toMatchObject({
      state: 'completed',
    });
  });
});
