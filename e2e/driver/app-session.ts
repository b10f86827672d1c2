import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createApp } from '@clearreel/server/app';
import { type Browser, chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../browser/chromium.ts';

const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** The built app on a free port, open in a headless browser of its own. */
export interface AppSession {
  readonly browser: Browser;
  readonly page: Page;
  readonly url: string;
  close(): Promise<void>;
}

export async function openApp(): Promise<AppSession> {
  const server = createApp({ webFolder }).listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch(chromiumLaunchOptions());
  const url = `http://127.0.0.1:${port}/`;
  const page = await browser.newPage({ acceptDownloads: true });
  await page.goto(url);
  return {
    browser,
    page,
    url,
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
