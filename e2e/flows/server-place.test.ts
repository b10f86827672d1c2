import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { Deployment } from '../driver/deployment.ts';
import { begin } from '../driver/enhance.ts';
import { EstimatePage } from '../driver/estimate-page.ts';
import { expect, test } from '../driver/flow.ts';
import { askServer, heldBack, jobsOf, storedRecords } from '../driver/server-page.ts';
import { ServerProcess } from '../driver/server-process.ts';

const onCpu = { CLEARREEL_PROVIDERS: 'cpu' };
const token = 'a-token-that-only-friends-know';

const places = (page: Page) => page.getByRole('radiogroup', { name: 'Where?' });
const there = (page: Page) => page.getByRole('radio', { name: /^Server \(/ });
const cards = (page: Page) => places(page).locator('label');

async function connect(page: Page, address: string, secret = ''): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Address of another server').fill(address);
  await page.getByLabel('Access token').fill(secret);
  await page.getByRole('button', { name: 'Connect' }).click();
}

test.describe('server 9. a server', () => {
  test('server 9.10 that serves the page is found, and offered by the name of its device', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    const { device } = await askServer<{ device: { name: string } }>(server, '/system');
    await page.goto(server.url);
    await new AppPage(page).pick(await clip('tiny'));
    await expect(places(page)).toContainText(`Server (${device.name})`);
    await expect(page.getByRole('radio', { name: /^This device/ })).toBeChecked();
    await expect(cards(page).nth(1)).toContainText(/about/);
  });

  test('server 9.11 that is not there is not missed: the page works as it does from any folder', async ({
    page,
  }) => {
    const folder = await Deployment.start();
    await page.goto(folder.url);
    const app = await begin(page, await clip('tiny'));
    await app.finished();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(page.locator('[data-server=absent]')).toContainText('without a server');
    await folder.stop();
  });

  test('server 9.12 is proposed for what is too large here, with the reason and both estimates', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.goto(server.url);
    await new AppPage(page).pick(await clip('strip'), { provider: 'wasm' });
    await new EstimatePage(page).looked();
    const proposal = page.getByRole('region', { name: 'Proposal' });
    await expect(proposal).toHaveAttribute('data-place', 'server');
    await expect(proposal.locator('[data-code=PLACE_SERVER]')).toContainText(
      /for this device it is too much: nothing here encodes avc at 5120×64/,
    );
    for (const place of await cards(page).all()) {
      await expect(place).toContainText(/about \d/);
    }
    await proposal.getByRole('button', { name: 'Use the proposal' }).click();
    await expect(there(page)).toBeChecked();
  });

  test('server 9.13 elsewhere is used where both operators allow it', async ({ page }) => {
    await using far = await ServerProcess.start({
      environment: { ...onCpu, CLEARREEL_TOKEN: token },
    });
    await using near = await ServerProcess.start({
      environment: { ...onCpu, CLEARREEL_SERVERS: far.url },
    });
    await far.restartWith({ CLEARREEL_ORIGINS: near.url.slice(0, -1) });
    await page.goto(near.url);
    await connect(page, far.url, token);
    await expect(page.locator('[data-server=ready]')).toContainText('Ready');
    await page.keyboard.press('Escape');
    await begin(page, await clip('tiny'), {}, { place: 'server' });
    const authorization = `Bearer ${token}`;
    await expect
      .poll(() => askServer<{ total: number }>(far, '/jobs', { authorization }))
      .toMatchObject({ total: 1 });
    expect(await jobsOf(near)).toEqual([]);
  });

  test('server 9.14 that the page’s policy keeps away is said to be, with the setting that lets it in', async ({
    page,
    strangers,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.goto(server.url);
    await connect(page, 'http://gpu.example:9');
    const status = page.locator('[data-server]');
    await expect(status).toContainText('may not ask http://gpu.example:9');
    await expect(status).toContainText('CLEARREEL_SERVERS');
    await expect.poll(() => strangers.take()).toEqual(['http://gpu.example:9/api/v1/system']);
    await page.getByLabel('Address of another server').fill('no address');
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByText('This is no address of a server.')).toBeVisible();
  });

  test('server 9.15 that asks for a token is given it in the settings, and it stays there', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({
      environment: { ...onCpu, CLEARREEL_TOKEN: token },
    });
    await page.goto(server.url);
    const app = new AppPage(page);
    await app.pick(await clip('tiny'));
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(page.locator('[data-server=needsToken]')).toBeVisible();
    await page.getByLabel('Access token').fill('not the token of this one');
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.locator('[data-server=needsToken]')).toBeVisible();
    await page.getByLabel('Access token').fill(token);
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.locator('[data-server=ready]')).toBeVisible();
    await page.keyboard.press('Escape');
    await begin(page, await clip('tiny'), {}, { place: 'server' });
    await expect.poll(async () => (await storedRecords(page)).jobs[0]?.remote?.jobId).toBeTruthy();
    expect((await storedRecords(page)).text).not.toContain(token);
  });

  test('server 9.19 whose token is corrected before the wrong one is answered is asked with the right one', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({
      environment: { ...onCpu, CLEARREEL_TOKEN: token },
    });
    const { promise: corrected, resolve: correct } = Promise.withResolvers<void>();
    await page.route('**/api/v1/system', async (route) => {
      if (route.request().headers().authorization === 'Bearer wrong') await corrected;
      await route.fallback();
    });
    await page.goto(server.url);
    const asked = page.waitForRequest(
      (request) => request.headers().authorization === 'Bearer wrong',
    );
    await connect(page, '', 'wrong');
    await asked;
    await page.getByLabel('Access token').fill(token);
    await page.getByRole('button', { name: 'Connect' }).click();
    correct();
    await expect(page.locator('[data-server=ready]')).toBeVisible();
  });

  test('server 9.16 whose token has changed is waited for until the new one is entered', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.goto(server.url);
    const news = await heldBack(page);
    await begin(page, await clip('tiny'), {}, { place: 'server' });
    await expect.poll(async () => (await storedRecords(page)).jobs[0]?.remote?.jobId).toBeTruthy();
    await server.restartWith({ CLEARREEL_TOKEN: token });
    await news.letGo();
    await page.reload();
    await page.getByRole('button', { name: 'Enter the token' }).click();
    const dialog = page.getByRole('dialog', { name: 'Server' });
    await dialog.getByLabel('Access token').fill(token);
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await expect(page.locator('[data-phase=needsToken]')).toHaveCount(0);
    await expect(page.getByRole('region', { name: /Progress|Result/ })).toBeVisible();
  });

  test('server 9.17 that is chosen is what the page tells of before the start', async ({
    page,
  }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.goto(server.url);
    await new AppPage(page).pick(await clip('tiny'));
    const expected = new EstimatePage(page);
    await expected.looked();
    await expect(expected.figure('storage')).toBeVisible();
    await there(page).check({ force: true });
    await expect(page.getByRole('region', { name: 'What to expect' })).toContainText(
      'On the server',
    );
    await expect(expected.figure('storage')).toHaveCount(0);
    await expect(async () => {
      const time = await expected.figure('time').textContent();
      await expect(cards(page).nth(1)).toContainText(time ?? 'no time', { timeout: 1_000 });
    }).toPass();
  });

  test('server 9.18 that is chosen is not measured by measuring this device', async ({ page }) => {
    await using server = await ServerProcess.start({ environment: onCpu });
    await page.goto(server.url);
    await new AppPage(page).pick(await clip('tiny'));
    await new EstimatePage(page).looked();
    const again = page.getByRole('button', { name: 'Measure this device again' });
    await expect(again).toBeVisible();
    await there(page).check({ force: true });
    await expect(again).toHaveCount(0);
    await page.getByRole('radio', { name: /^This device/ }).check({ force: true });
    await expect(again).toBeVisible();
  });
});
