import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { begin } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { expectAccessible } from '../driver/looks.ts';
import { jobsOf, paddedClip, slowUploads } from '../driver/server-page.ts';
import { ServerProcess } from '../driver/server-process.ts';

/** Brings the page into a state that people with a server meet. */
const states: Readonly<Record<string, (page: Page, server: ServerProcess) => Promise<void>>> = {
  async 'a place to choose'(page) {
    const app = new AppPage(page);
    await app.pick(await clip('plain-h264'));
    await app.choose(/^Server \(/);
    await expect(page.getByText(/^The file is sent to/)).toBeVisible();
  },
  async 'a file being sent'(page) {
    await slowUploads(page, 100_000);
    await begin(page, await paddedClip('tiny', 6_000_000), {}, { place: 'server' });
    await expect(page.getByRole('region', { name: 'Progress' })).toContainText('Sending');
  },
  async 'a server that is away'(page, server) {
    await states['a file being sent']?.(page, server);
    await server.kill('SIGKILL');
    await expect(page.locator('[data-phase=away]')).toBeVisible();
  },
  async 'a result on the server'(page) {
    const app = await begin(page, await clip('plain-h264'), {}, { place: 'server' });
    await app.finished();
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  },
  async 'the settings'(page) {
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.locator('[data-server=ready]')).toBeVisible();
  },
};

for (const [name, reach] of Object.entries(states)) {
  test(`server 9.50 ${name}: no axe violation in light and in dark, and nothing wider than a phone`, async ({
    page,
  }) => {
    await using server = await ServerProcess.start({
      environment: { CLEARREEL_PROVIDERS: 'cpu' },
    });
    await page.goto(server.url);
    await reach(page, server);
    await expectAccessible(page);
  });
}

test('server 9.51 the keyboard alone chooses the server and starts a job there', async ({
  page,
}) => {
  await using server = await ServerProcess.start({ environment: { CLEARREEL_PROVIDERS: 'cpu' } });
  await page.goto(server.url);
  await new AppPage(page).pick(await clip('tiny'));
  await page.getByRole('radio', { name: /^This device/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Server \(/ })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => jobsOf(server)).toHaveLength(1);
});
