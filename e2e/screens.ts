// `npm run screens` draws the page anew in every state that docs/screens.md shows.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { AppPage } from './driver/app-page.ts';
import { openApp } from './driver/app-session.ts';
import { seedHistory } from './driver/history-seed.ts';
import { ServerProcess } from './driver/server-process.ts';
import { fault } from './faults/index.ts';

const folder = fileURLToPath(new URL('../docs/screens', import.meta.url));
const sizes = [
  { width: 1600, height: 1000 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;

async function draw(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    // Bars that stick to the window's edge would cross a picture of the whole page.
    await page.evaluate(() => document.fonts.ready);
    const path = `${folder}/${name}-${size.width}.jpg`;
    await page.screenshot({ path, type: 'jpeg', quality: 82, fullPage: size.width > 500 });
  }
  await page.setViewportSize(sizes[0]);
}

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it with our sample' }).click();
  await page
    .getByText(/on the (processor|GPU)/)
    .first()
    .waitFor({ timeout: 120_000 });
  await page.locator('[data-state=ready]').waitFor({ timeout: 120_000 });
}

async function drawServer(page: Page): Promise<void> {
  await using server = await ServerProcess.start({ environment: { CLEARREEL_PROVIDERS: 'cpu' } });
  const app = new AppPage(page);
  await page.goto(server.url);
  await openSample(page);
  await page.getByRole('radio', { name: /^Server \(/ }).check({ force: true });
  await page.getByText('On the server').waitFor();
  await draw(page, 'server-chosen');
  await app.start();
  await page.getByRole('figure').waitFor({ timeout: 120_000 });
  await draw(page, 'server-running');
  await app.finished();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await draw(page, 'server-done');
}

await mkdir(folder, { recursive: true });
const session = await openApp();
try {
  const { page } = session;
  const app = new AppPage(page);
  await page.setViewportSize(sizes[0]);
  await draw(page, 'empty');
  await app.pick(await fault('truncated-index')).catch(() => {});
  await draw(page, 'error');
  await page.reload();
  await openSample(page);
  await draw(page, 'file-chosen');
  await app.start();
  await page.getByRole('figure').waitFor({ timeout: 120_000 });
  await draw(page, 'running');
  await app.finished();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await draw(page, 'done');
  await seedHistory(page, 200);
  await page.reload();
  await app.show('history');
  await page.getByText('1 of 9').waitFor();
  await draw(page, 'history');
  await page.emulateMedia({ colorScheme: 'dark' });
  await draw(page, 'history-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await drawServer(page);
} finally {
  await session.close();
}
