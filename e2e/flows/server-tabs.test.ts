import type { Page, Request } from '@playwright/test';
import { begin } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { jobsOf, paddedClip, slowUploads, storedRecords } from '../driver/server-page.ts';
import { ServerProcess } from '../driver/server-process.ts';

const onCpu = { CLEARREEL_PROVIDERS: 'cpu' };
const paddingBytes = 20_000_000;
const slowBytesPerSecond = 800_000;

/** Works for long enough that another tab can be opened meanwhile. */
const slow = { enhance: { model: 'span-x2' } } as const;

const progressOf = (page: Page) => page.getByRole('region', { name: 'Progress' });

/** What a page changes on the server. */
function changesOf(page: Page): string[] {
  const changes: string[] = [];
  page.on('request', (request: Request) => {
    if (request.method() !== 'GET') changes.push(`${request.method()} ${request.url()}`);
  });
  return changes;
}

/** Another tab at the page of the same job. */
async function secondTab(page: Page): Promise<{ next: Page; changes: string[] }> {
  const next = await page.context().newPage();
  const changes = changesOf(next);
  await next.goto(page.url());
  await expect(next.locator('[data-phase=elsewhere]')).toContainText('Another tab');
  return { next, changes };
}

/** Like `page.close()`, but the slow line stays slow until nothing is sent any more. */
async function closed(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.close();
}

async function sending(page: Page, server: ServerProcess): Promise<string> {
  await page.goto(server.url);
  await slowUploads(page, slowBytesPerSecond);
  const path = await paddedClip('plain-h264', paddingBytes);
  await begin(page, path, slow, { place: 'server' });
  await expect(progressOf(page)).toContainText(/MB of 20/);
  return path;
}

async function following(page: Page, server: ServerProcess): Promise<void> {
  await page.goto(server.url);
  const path = await paddedClip('plain-h264', 1_000);
  await begin(page, path, slow, { place: 'server' });
  await expect(progressOf(page)).toContainText(/\d+ of 75/);
}

test.describe('server 9. one job in two tabs', () => {
  test('server 9.70 is sent by one of them, and the other shows how far it is', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await sending(page, server);
    const { next, changes } = await secondTab(page);
    await expect(progressOf(next)).toContainText('Sending to the server');
    await expect(progressOf(next)).toContainText(/MB of 20/);
    await slowUploads(page, 0);
    await expect(progressOf(next)).toContainText(/\d+ of 75/);
    expect(await jobsOf(server)).toHaveLength(1);
    expect(changes).toEqual([]);
  });

  test('server 9.71 goes on in the other where it was, once that is given the file', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const path = await sending(page, server);
    const { next, changes } = await secondTab(page);
    await closed(page);
    await next.getByLabel(/^Pick .+ again$/).setInputFiles(path);
    await expect.poll(() => jobsOf(server)).toHaveLength(1);
    expect(changes.filter((change) => change.startsWith('POST') && /uploads/.test(change))).toEqual(
      [],
    );
    await expect(progressOf(next)).toContainText(/\d+ of 75/);
  });

  test('server 9.72 is followed by the other once the first is closed, to its end', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await following(page, server);
    const { next, changes } = await secondTab(page);
    await expect(progressOf(next)).toContainText(/\d+ of 75/);
    await page.close();
    await expect(next.locator('[data-phase=elsewhere]')).toHaveCount(0);
    await expect(progressOf(next).getByRole('button', { name: 'Cancel' })).toBeVisible();
    await expect(next.getByRole('region', { name: 'Result' })).toBeVisible();
    expect(await jobsOf(server)).toHaveLength(1);
    expect(changes).toEqual([]);
  });

  test('server 9.73 is handed on from tab to tab, also where two wait for it', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await following(page, server);
    const { next } = await secondTab(page);
    const { next: third } = await secondTab(page);
    const [taker, waiter] = await afterClosing(page, next, third);
    await taker.close();
    await expect(waiter.locator('[data-phase=elsewhere]')).toHaveCount(0);
    await expect(waiter.getByRole('region', { name: 'Result' })).toBeVisible();
    expect(await jobsOf(server)).toHaveLength(1);
    expect((await storedRecords(waiter)).jobs).toMatchObject([{ state: 'completed' }]);
  });
});

/** Closes the tab that has the job. @returns the one that takes it, and the one that does not. */
async function afterClosing(first: Page, one: Page, other: Page): Promise<[Page, Page]> {
  await first.close();
  const hasIt = (page: Page) =>
    progressOf(page).getByRole('button', { name: 'Cancel' }).isVisible();
  await expect.poll(async () => (await hasIt(one)) || (await hasIt(other))).toBe(true);
  return (await hasIt(one)) ? [one, other] : [other, one];
}
