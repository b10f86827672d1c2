import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import type { AppPage } from '../driver/app-page.ts';
import { begin, type SpecChange } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { heldBack, jobsOf, storedRecords } from '../driver/server-page.ts';
import { ServerProcess } from '../driver/server-process.ts';

const onCpu = { CLEARREEL_PROVIDERS: 'cpu' };

const here = (page: Page) => page.getByRole('button', { name: 'Do it on this device' });

/** A job whose file the server has, and of which the page hears nothing before `happens` has happened to it. */
async function sent(
  page: Page,
  happens: () => Promise<unknown>,
  change: SpecChange = {},
): Promise<AppPage> {
  const news = await heldBack(page);
  const app = await begin(page, await clip('plain-h264'), change, { place: 'server' });
  await expect.poll(async () => (await storedRecords(page)).jobs[0]?.remote?.jobId).toBeTruthy();
  await happens();
  await news.letGo();
  return app;
}

/** Jobs are made and deleted, but the page does not hear of it until it calls what is returned. */
async function loseAnswers(page: Page): Promise<() => Promise<void>> {
  const address = /\/api\/v1\/(jobs|uploads\/[^/]+)$/;
  await page.route(address, async (route) => {
    if (!['POST', 'DELETE'].includes(route.request().method())) return route.fallback();
    await route.fetch();
    await route.abort();
  });
  return () => page.unroute(address);
}

/** A job that the server has, and of which the page has not heard. */
async function unheard(page: Page, server: ServerProcess) {
  await page.goto(server.url);
  const hearAgain = await loseAnswers(page);
  const app = await begin(page, await clip('plain-h264'), {}, { place: 'server' });
  await expect(page.locator('[data-phase=away]')).toBeVisible();
  expect((await storedRecords(page)).jobs[0]?.remote?.jobId).toBeUndefined();
  const [job] = await jobsOf(server);
  return { app, hearAgain, jobId: job?.id };
}

/** As an operator's hand might. */
async function lose(server: ServerProcess): Promise<void> {
  const [job] = await jobsOf(server);
  await fetch(new URL(`api/v1/jobs/${job?.id}`, server.url), { method: 'DELETE' });
}

/** A job that the server had. */
async function lost(page: Page, server: ServerProcess, change: SpecChange = {}): Promise<AppPage> {
  await page.goto(server.url);
  return sent(page, () => lose(server), change);
}

test.describe('server 9. what a server does not do, this device can', () => {
  test('server 9.60 a job that the server has lost is done here, with the same settings', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const app = await lost(page, server);
    await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'SERVER_LOST_JOB');
    await here(page).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    const report = await app.finished();
    expect(report).toMatchObject({ model: 'anime4k-s-x2', provider: { value: 'wasm' } });
    expect(await jobsOf(server)).toEqual([]);
  });

  test('server 9.61 a job whose server is away is done here, and deleted there when it is back', async ({
    page,
  }) => {
    await using far = await ServerProcess.start({ environment: onCpu });
    await using near = await ServerProcess.start({
      environment: { ...onCpu, CLEARREEL_SERVERS: far.url },
    });
    await far.restartWith({ CLEARREEL_ORIGINS: near.url.slice(0, -1) });
    await page.goto(near.url);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByLabel('Address of another server').fill(far.url);
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.locator('[data-server=ready]')).toBeVisible();
    const app = await sent(page, () => far.kill('SIGKILL'));
    await here(page).click();
    await app.finished();
    await far.start();
    await page.reload();
    await expect.poll(() => jobsOf(far)).toEqual([]);
    await expect.poll(async () => (await storedRecords(page)).jobs).toHaveLength(1);
    await expect(page.getByRole('link', { name: 'Save video' })).toBeVisible();
  });

  test('server 9.62 a job that this device cannot do is not offered to it', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.goto(server.url);
    let looked: Promise<unknown> = Promise.resolve();
    const loseAndLook = async () => {
      looked = page
        .waitForEvent('worker', (worker) => worker.url().includes('engine'))
        .then((worker) => worker.waitForEvent('close'));
      await lose(server);
    };
    await sent(page, loseAndLook, { output: { codec: 'hevc' } });
    await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'SERVER_LOST_JOB');
    await looked;
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(here(page)).toHaveCount(0);
  });

  test('server 9.63 a job whose file is out of reach is not offered to this device', async ({
    page,
    context,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await lost(page, server);
    await expect(here(page)).toBeVisible();
    const next = await context.newPage();
    await next.goto(page.url());
    await expect(next.getByRole('alert')).toHaveAttribute('data-code', 'SERVER_LOST_JOB');
    await expect(next.getByLabel(/^Pick .+ again$/)).toBeAttached();
    await expect(here(next)).toHaveCount(0);
  });

  test('server 9.66 a job that the server made unheard is done here, and deleted there once it is heard', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const { app, hearAgain, jobId } = await unheard(page, server);
    await here(page).click();
    await app.finished();
    expect((await jobsOf(server)).map(({ id }) => id)).toEqual([jobId]);
    await hearAgain();
    await page.reload();
    await expect.poll(() => jobsOf(server)).toEqual([]);
    await expect.poll(async () => (await storedRecords(page)).jobs).toHaveLength(1);
  });

  test('server 9.67 a job that the server made unheard is the same one when it is tried again after a cancellation', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const { app, hearAgain, jobId } = await unheard(page, server);
    const deleting = page.waitForEvent('requestfailed', (asked) => asked.method() === 'DELETE');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await deleting;
    await hearAgain();
    await page.getByRole('button', { name: 'Try again' }).click();
    await app.finished();
    expect((await jobsOf(server)).map(({ id }) => id)).toEqual([jobId]);
  });
});
