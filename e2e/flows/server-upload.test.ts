import type { Upload } from '@clearreel/shared/api/uploads';
import type { Page, Request } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { begin } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import {
  askServer,
  jobsOf,
  paddedClip,
  slowUploads,
  storedRecords,
} from '../driver/server-page.ts';
import { ServerProcess } from '../driver/server-process.ts';

const onCpu = { CLEARREEL_PROVIDERS: 'cpu' };
const paddingBytes = 20_000_000;
const slowBytesPerSecond = 800_000;

/** A page with an upload under way, of which the server has some already. */
async function halfSent(page: Page, server: ServerProcess, path: string): Promise<AppPage> {
  await page.goto(server.url);
  await slowUploads(page, slowBytesPerSecond);
  const app = await begin(page, path, {}, { place: 'server' });
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(
    /Sending to the server/,
  );
  await expect.poll(() => receivedBytes(page, server)).toBeGreaterThan(1_000_000);
  return app;
}

/** Like `page.close()`, but the slow line stays slow until nothing is sent any more. */
async function closed(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.close();
}

const uploadOf = async (page: Page): Promise<string> =>
  (await storedRecords(page)).jobs[0]?.remote?.uploadUrl?.split('/').at(-1) ?? '';

async function receivedBytes(page: Page, server: ServerProcess): Promise<number> {
  const id = await uploadOf(page);
  return id ? (await askServer<Upload>(server, `/uploads/${id}`)).receivedBytes : 0;
}

/** Where the page begins to send from, request by request. */
function sentFrom(page: Page): number[] {
  const offsets: number[] = [];
  page.on('request', (request: Request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  return offsets;
}

test.describe('server 9. sending a file', () => {
  test('server 9.20 goes on where it was when the server was killed in the middle, by itself', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const offsets = sentFrom(page);
    const path = await paddedClip('tiny', paddingBytes);
    await halfSent(page, server, path);
    await server.kill('SIGKILL');
    await expect(page.locator('[data-phase=away]')).toBeVisible();
    await server.start();
    await slowUploads(page, 0);
    await expect.poll(() => jobsOf(server)).toHaveLength(1);
    expect(offsets[0]).toBe(0);
    expect(offsets.at(-1)).toBeGreaterThan(1_000_000);
    const [job] = await jobsOf(server);
    expect(job?.sourceName).toBe('tiny.mp4');
  });

  test('server 9.21 goes on where it was when the tab was closed, once the file is given again', async ({
    page,
    context,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const path = await paddedClip('tiny', paddingBytes);
    await halfSent(page, server, path);
    const next = await context.newPage();
    await closed(page);
    const offsets = sentFrom(next);
    await next.goto(server.url);
    const app = new AppPage(next);
    await app.show('queue');
    await expect(next.getByText('waiting for its file')).toBeVisible();
    await next.getByLabel(/^Pick .+ again$/).setInputFiles(await clip('plain-h264'));
    await expect(next.getByRole('alert')).toHaveAttribute('data-code', 'SOURCE_MISMATCH');
    await next.getByLabel(/^Pick .+ again$/).setInputFiles(path);
    await expect.poll(() => jobsOf(server)).toHaveLength(1);
    expect(offsets[0]).toBeGreaterThan(1_000_000);
  });

  test('server 9.22 stops while the job is paused, and goes on where it was', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const offsets = sentFrom(page);
    await halfSent(page, server, await paddedClip('tiny', paddingBytes));
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'paused' })).toBeVisible();
    await slowUploads(page, 0);
    expect(await jobsOf(server)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(() => jobsOf(server)).toHaveLength(1);
    expect(offsets.at(-1)).toBeGreaterThan(1_000_000);
  });

  test('server 9.23 that is cancelled leaves nothing on the server', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await halfSent(page, server, await paddedClip('tiny', paddingBytes));
    const id = await uploadOf(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('The job was cancelled.')).toBeVisible();
    await expect
      .poll(() => askServer(server, `/uploads/${id}`).catch((error) => String(error)))
      .toContain('404');
    expect(await jobsOf(server)).toEqual([]);
  });

  test('server 9.25 tells of bytes alone: frames and speed come once the server works', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await halfSent(page, server, await paddedClip('plain-h264', paddingBytes));
    const progress = page.getByRole('region', { name: 'Progress' });
    await expect(progress).toContainText(/MB of 20.* MB/);
    for (const figure of ['Frames', 'Speed', 'Runs on']) {
      await expect(progress.getByText(figure, { exact: true })).toHaveCount(0);
    }
    await slowUploads(page, 0);
    for (const figure of ['Frames', 'Speed', 'Runs on']) {
      await expect(progress.getByText(figure, { exact: true })).toBeVisible();
    }
  });

  test('server 9.24 that the server refuses ends with the server’s reason', async ({ page }) => {
    await using server = await ServerProcess.start({
      environment: { ...onCpu, CLEARREEL_UPLOAD_LIMIT_GB: '0.001' },
    });
    await page.goto(server.url);
    const path = await paddedClip('tiny', 2_000_000);
    await new AppPage(page).pick(path);
    await expect(page.getByText('This server takes files up to 1 MB.')).toBeVisible();
    await begin(page, path, {}, { place: 'server' });
    const alert = page.getByRole('alert');
    await expect(alert).toHaveAttribute('data-code', 'UPLOAD_TOO_LARGE');
    await expect(alert).toContainText('at most 1.0 MB');
  });
});
