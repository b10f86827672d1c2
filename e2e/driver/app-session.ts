import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createApp } from '@clearreel/server/app';
import { type Browser, chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../browser/chromium.ts';
import { isOwn } from './strangers.ts';

const builtApp = fileURLToPath(new URL('../../web/dist', import.meta.url));

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** The built app on a free port of this machine. */
export async function serveApp(webFolder = builtApp): Promise<Served> {
  const server = createApp({ webFolder }).listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  isOwn(url);
  return {
    url,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The served app, open in a headless browser of its own. */
export interface AppSession extends Served {
  readonly browser: Browser;
  readonly page: Page;
}

/** @param webFolder another page to serve with the app's headers. */
export async function openApp(webFolder?: string): Promise<AppSession> {
  const { url, close } = await serveApp(webFolder);
  const browser = await chromium.launch(chromiumLaunchOptions());
  const page = await browser.newPage({ acceptDownloads: true });
  await page.goto(url);
  return {
    browser,
    page,
    url,
    async close() {
      await browser.close();
      await close();
    },
  };
}
