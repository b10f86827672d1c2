import type { Job } from '@clearreel/shared/api/job';
import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { begin } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { jobsOf } from '../driver/server-page.ts';
import { ServerProcess } from '../driver/server-process.ts';
import { sharedFiles, withShareSheet } from '../driver/share-sheet.ts';

const onCpu = { CLEARREEL_PROVIDERS: 'cpu' };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A finished job, and how the server shows it. */
async function done(page: Page, server: ServerProcess): Promise<Job> {
  await page.goto(server.url);
  const app = await begin(page, await clip('tiny'), {}, { place: 'server' });
  await app.finished();
  const [job] = await jobsOf(server);
  if (!job) throw new Error('the server has no job');
  return job;
}

test.describe('server 9. sharing a result that lies on a server', () => {
  test('server 9.80 takes one press to fetch it and one to share it', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await withShareSheet(page);
    const { result } = await done(page, server);
    await button(page, 'Share').click();
    await expect(button(page, 'Share now')).toBeVisible();
    expect(await sharedFiles(page)).toEqual([]);
    await button(page, 'Share now').click();
    await expect
      .poll(() => sharedFiles(page))
      .toEqual([{ name: result?.fileName, type: 'video/mp4', bytes: result?.bytes }]);
  });

  test('server 9.81 does not share what came cut short', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await withShareSheet(page);
    await done(page, server);
    await page.route('**/result?*', (route) => route.fulfill({ status: 200, body: 'half of it' }));
    await button(page, 'Share').click();
    await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'RESULT_CUT_SHORT');
    await expect(button(page, 'Share')).toBeVisible();
  });

  test('server 9.82 is not offered for what is too large to be shared', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await withShareSheet(page);
    const { id } = await done(page, server);
    await expect(button(page, 'Share')).toBeVisible();
    await page.route(`**/jobs/${id}`, async (route) => {
      const response = await route.fetch();
      const job: Job = await response.json();
      await route.fulfill({ response, json: { ...job, result: { ...job.result, bytes: 60e6 } } });
    });
    await page.reload();
    await expect(page.getByRole('link', { name: 'Save video' })).toBeVisible();
    await expect(button(page, 'Share')).toHaveCount(0);
  });

  test('server 9.83 is not offered where the platform cannot', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await done(page, server);
    await expect(page.getByRole('link', { name: 'Save video' })).toBeVisible();
    await expect(button(page, 'Share')).toHaveCount(0);
  });
});
