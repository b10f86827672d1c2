import { expect, type Page } from '@playwright/test';

const largeFiles = 'clearreel-large-files';

/** What the settings say about working without a network. They are open while `look` runs. */
export async function inSettings(page: Page, look: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await look();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
}

export const offlineStatus = (page: Page) => page.locator('[data-offline]');

/**
 * Asks for everything that jobs need here, and waits until it is there. The page asks for it by itself after a while,
 * and then the button is gone: `withDataSaver` keeps it from that.
 */
export async function makeReady(page: Page): Promise<void> {
  await inSettings(page, async () => {
    await page.getByRole('button', { name: 'Fetch now' }).click();
    await expect(offlineStatus(page)).toHaveAttribute('data-offline', 'ready');
  });
}

/** A line on which the page fetches nothing ahead, however long it is left in quiet. */
export async function withDataSaver(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDataSaverOverride', { dataSaverEnabled: true });
}

/** Names, without their hashes, of the large files that the browser keeps. */
export async function keptLargeFiles(page: Page): Promise<string[]> {
  const urls = await page.evaluate(async (name) => {
    const cache = await caches.open(name);
    return (await cache.keys()).map(({ url }) => url);
  }, largeFiles);
  return urls.map((url) => url.replace(/^.*\/(.+)-[\w-]{8}(\.\w+)$/, '$1$2')).sort();
}

/** Keeps one large file, as loading it ahead would. */
export async function keepLargeFile(page: Page, name: string): Promise<void> {
  await page.evaluate(
    async ([cacheName = '', start = '']) => {
      const list: Record<string, number> = await (await fetch('/large-files.json')).json();
      const url = Object.keys(list).find((path) => path.startsWith(`/assets/${start}`)) ?? '';
      await (await caches.open(cacheName)).add(url);
    },
    [largeFiles, name],
  );
}

/** Loads the page and waits until its service worker has taken it over. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
