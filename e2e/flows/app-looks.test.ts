import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { begin, enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { seedHistory } from '../driver/history-seed.ts';
import { expectAccessible } from '../driver/looks.ts';
import { EngineFault, everyWorker } from '../faults/engine/engine-fault.ts';
import { silentEncoder } from '../faults/engine/faults.ts';
import { fault } from '../faults/index.ts';

/** Brings the page into a state that people meet. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async empty(page) {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  },
  async 'file chosen'(page) {
    await page.goto('/');
    await new AppPage(page).pick(await clip('plain-h264'));
  },
  async 'settings unfolded'(page) {
    await states['file chosen']?.(page);
    for (const title of ['All settings', 'This machine', 'Settings as text (JSON)']) {
      await page.getByText(title).click();
    }
  },
  async running(page) {
    await page.goto('/');
    await EngineFault.install(page, silentEncoder, { frame: 30 }, everyWorker);
    await begin(page, await clip('plain-h264'));
    await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/\d\d\s?%/);
  },
  async done(page) {
    await page.goto('/');
    await enhance(page, await clip('plain-h264'));
  },
  async error(page) {
    await page.goto('/');
    await new AppPage(page).pick(await fault('truncated-index')).catch(() => {});
    await expect(page.getByRole('alert')).toBeVisible();
  },
  async queue(page) {
    await states.running?.(page);
    await new AppPage(page).show('queue');
  },
  async 'history of 200'(page) {
    await page.goto('/');
    await enhance(page, await clip('tiny'));
    await seedHistory(page, 200);
    await page.reload();
    await new AppPage(page).show('history');
    await expect(page.getByText('1 of 9')).toBeVisible();
  },
  async 'settings of the app'(page) {
    await page.goto('/');
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
};

for (const [name, reach] of Object.entries(states)) {
  test(`app 9.1 ${name}: no axe violation in light and in dark, and nothing wider than a phone`, async ({
    page,
  }) => {
    await reach(page);
    await expectAccessible(page);
  });
}

test('app 9.2 the keyboard alone picks a setting, starts a job and saves the result', async ({
  page,
}) => {
  await page.goto('/');
  const app = new AppPage(page);
  await app.pick(await clip('tiny'), { provider: 'wasm' });
  await page.getByRole('radio', { name: /^Everyday/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Clean/ })).toBeChecked();
  const start = page.getByRole('button', { name: 'Start', exact: true });
  for (let presses = 0; presses < 60; presses++) {
    if (await start.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus-visible')).toHaveCount(1);
  }
  await page.keyboard.press('Enter');
  await app.finished();
  await page.getByRole('link', { name: 'Save video' }).focus();
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  await downloading;
});

test('app 9.3 the skip link leads past the navigation', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('app 9.4 German is chosen in the settings, holds after a reload, and no English is left', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Language').selectOption('de');
  await page.getByRole('button', { name: 'Schließen' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Videos auswählen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page
    .getByLabel('Videodatei')
    .first()
    .setInputFiles(await fault('truncated-index'));
  await expect(page.getByRole('alert')).toContainText('Verzeichnis');
});

test('app 9.7 each link of the navigation opens its page, whichever was open before', async ({
  page,
}) => {
  await page.goto('/');
  const headings = { Queue: 'Queue', History: 'History', Enhance: /./ };
  for (const link of ['Queue', 'History', 'Queue', 'Enhance', 'History'] as const) {
    await page.getByRole('navigation').getByRole('link', { name: link }).click();
    await expect(page.getByRole('heading', { level: 1, name: headings[link] })).toBeVisible();
  }
});

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' });
  test('app 9.5 the page begins in the language of the browser', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Videos auswählen' })).toBeVisible();
  });
});

test('app 9.6 light or dark follows the system until the user chooses', async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).not.toBe(light);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Appearance').selectOption('light');
  await expect.poll(background).toBe(light);
});
