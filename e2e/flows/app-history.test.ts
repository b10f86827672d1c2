import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { seedHistory } from '../driver/history-seed.ts';
import { storedFiles, storedJobs } from '../driver/storage.ts';

/** A history of one real job and 200 more. */
async function openHistory(page: Page): Promise<AppPage> {
  await page.goto('/');
  await enhance(page, await clip('tiny'));
  const app = new AppPage(page);
  await app.show('history');
  // Its picture is the last that the engine makes of a job.
  await expect(cards(page).locator('img')).toBeVisible();
  await seedHistory(page, 200);
  await page.reload();
  await expect(cards(page)).toHaveCount(24);
  return app;
}

const cards = (page: Page) => page.getByRole('list', { name: 'History' }).getByRole('listitem');

test.describe('app 6. history', () => {
  test('app 6.1 jobs stand there newest first, with picture, facts and state, page by page', async ({
    page,
  }) => {
    await openHistory(page);
    await expect(cards(page).first()).toContainText('tiny');
    await expect(cards(page).first()).toContainText('done');
    await expect(cards(page).first().locator('img')).toBeVisible();
    await expect(page.getByText('1 of 9')).toBeVisible();
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect(page.getByText('2 of 9')).toBeVisible();
    await expect(cards(page)).toHaveCount(24);
  });

  test('app 6.2 it is filtered by state, searched by name and sorted', async ({ page }) => {
    await openHistory(page);
    await page.getByRole('button', { name: /^Failed/ }).click();
    await expect(cards(page).filter({ hasText: 'failed' })).toHaveCount(24);
    await page.getByRole('button', { name: /^All/ }).click();
    await page.getByRole('searchbox').fill('99 wedding');
    await expect(cards(page)).toHaveCount(1);
    await expect(cards(page).first()).toContainText('Wedding 99.mp4');
    await page.getByRole('searchbox').fill('');
    await page.getByLabel('Order').selectOption('name');
    await expect(cards(page).first()).toContainText('Cartoon 5.mp4');
    await page.getByRole('searchbox').fill('no such video');
    await expect(page.getByText('Nothing fits.')).toBeVisible();
  });

  test('app 6.3 several are chosen and deleted with their files, after one question', async ({
    page,
  }) => {
    await openHistory(page);
    await expect.poll(() => storedFiles(page)).toHaveLength(1);
    await page.getByLabel('Select this page').check();
    await page.getByRole('button', { name: 'Delete 24' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 24 jobs?' });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('button', { name: /^All 177/ })).toBeVisible();
    expect(await storedJobs(page)).toHaveLength(177);
    expect(await storedFiles(page)).toEqual([]);
  });

  test('app 6.4 the room that jobs take is shown, and cleaned up by age where the user says so', async ({
    page,
  }) => {
    await openHistory(page);
    await expect(page.getByRole('region', { name: 'Storage' })).toContainText(/take \d/);
    await page.getByRole('button', { name: 'Clean up' }).click();
    const dialog = page.getByRole('dialog', { name: 'Clean up' });
    await dialog.getByLabel('Keep jobs for').selectOption({ label: '7 days' });
    await expect(dialog.getByRole('status')).toContainText('158 jobs go now');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByRole('button', { name: /^All 43/ })).toBeVisible();
    expect(await storedJobs(page)).toHaveLength(43);
  });

  test('app 6.5 a job of the history opens with its result', async ({ page }) => {
    await openHistory(page);
    await cards(page).first().getByRole('link').click();
    await expect(page.getByRole('region', { name: 'Result' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Save video' })).toBeVisible();
  });
});
