import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { collect } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { fault } from '../faults/index.ts';

test.describe('app 11. errors', () => {
  test('app 11.1 an unusable file says what is wrong, what to do, and offers to choose another', async ({
    page,
  }) => {
    await page.goto('/');
    await new AppPage(page).pick(await fault('noise-as-mp4')).catch(() => {});
    const card = page.getByRole('alert');
    await expect(card).toHaveAttribute('data-code', 'SOURCE_UNREADABLE');
    await expect(card.getByRole('button', { name: 'Choose another file' })).toBeVisible();
  });

  test('app 11.2 the details to copy name code and browser, and nothing of the file', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/');
    const path = await fault('noise-as-mp4');
    await new AppPage(page).pick(path).catch(() => {});
    await page.getByRole('button', { name: /^Copy details/ }).click();
    await expect(page.getByRole('button', { name: /^Copied/ })).toBeVisible();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(report)).toMatchObject({ code: 'SOURCE_UNREADABLE' });
    expect(report).toContain('Chrome');
    expect(report).not.toContain('noise');
  });

  test('app 11.3 a problem that a setting solves has a button that sets it', async ({ page }) => {
    await page.goto('/');
    const app = new AppPage(page);
    await app.pick(await clip('hdr-pq'), { provider: 'wasm' });
    const problems = page.getByRole('list', { name: 'Problems' });
    await expect(problems).toContainText('The video is HDR');
    await problems.getByRole('button', { name: 'Convert to SDR' }).click();
    await expect(problems).toBeHidden();
    await app.start();
    expect((await collect(app)).notices.map(({ code }) => code)).toContain('HDR_CONVERTED');
  });

  test('app 11.4 an address that leads nowhere says so and leads back', async ({ page }) => {
    await page.goto('/#/job/none');
    await expect(page.getByText('This job is not here any more.')).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'History' }).click();
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  });
});
