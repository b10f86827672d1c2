import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { clip } from '../clips/index.ts';
import { Deployment } from '../driver/deployment.ts';
import { expect, test } from '../driver/flow.ts';
import { visit } from '../driver/offline.ts';
import { isOwn } from '../driver/strangers.ts';

test.use({ serviceWorkers: 'allow' });

let app: Deployment;

test.beforeEach(async () => {
  app = await Deployment.start();
});
test.afterEach(() => app.stop());

interface Picture {
  readonly src: string;
  readonly sizes: string;
  readonly type: string;
  readonly purpose?: string;
}

/** Sends files as a system's share sheet does: a form, from outside of the app, as a navigation. */
async function share(page: Page, paths: readonly string[]): Promise<void> {
  const html = `<form action="${app.url}share" method="post" enctype="multipart/form-data"><input type="file" name="files" multiple><button>Share</button></form>`;
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end(html),
  ).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  isOwn(url);
  await page.goto(url);
  await page.locator('input').setInputFiles([...paths]);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.waitForURL(`${app.url}**`);
  server.closeAllConnections();
  server.close();
}

test.describe('app 8 installed', () => {
  test('app 8.14 the manifest says what systems need, and its pictures are as large as it says', async ({
    context,
    page,
    request,
  }) => {
    await page.goto(app.url);
    const session = await context.newCDPSession(page);
    const { errors, data } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? '{}');
    expect(manifest).toMatchObject({
      name: 'ClearReel',
      short_name: 'ClearReel',
      display: 'standalone',
      start_url: '/',
      share_target: { action: '/share', method: 'POST' },
      shortcuts: [{ url: '/#/history' }],
    });
    const icons: Picture[] = [...manifest.icons, ...manifest.shortcuts[0].icons];
    const kinds = icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
    expect(kinds).toEqual(
      expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
    );
    for (const { src, sizes, type } of icons) {
      const answer = await request.get(new URL(src, app.url).href);
      expect(answer.headers()['content-type']).toBe(type);
      const sizePx = await page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      if (sizes !== 'any') expect(sizePx).toBe(sizes);
    }
  });

  test('app 8.15 it is installable in the eyes of the browser', async ({ context, page }) => {
    await visit(page, app.url);
    const session = await context.newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  test('app 8.16 files shared by another app become drafts, once, and nothing of them is sent', async ({
    context,
    page,
  }) => {
    const paths = [await clip('tiny'), await clip('one-frame')];
    await visit(page, app.url);
    const sent: string[] = [];
    context.on('request', (each) => {
      if (each.serviceWorker() && each.method() !== 'GET') sent.push(each.url());
    });
    await share(page, paths);
    for (const path of paths) {
      await expect(page.getByText(basename(path)).first()).toBeVisible();
    }
    await expect(page).toHaveURL(`${app.url}#/`);
    expect(sent).toEqual([]);
    await page.reload();
    await expect(page.getByLabel('Video file').first()).toBeAttached();
    await expect(page.getByText(basename(paths[0] ?? ''))).toHaveCount(0);
  });

  test('app 8.17 a share of which nothing came says so', async ({ page }) => {
    await visit(page, app.url);
    await page.goto(`${app.url}#/shared`);
    await expect(page.getByRole('alert')).toHaveAttribute('data-code', 'SHARE_LOST');
  });

  test('app 8.18 a file that the system opens with the app becomes a draft with its handle', async ({
    page,
  }) => {
    const bytes = [...(await readFile(await clip('tiny')))];
    await page.addInitScript((content) => {
      // What the browser does with an installed app, which no test can install; the handle is a real one.
      const launchQueue = {
        async setConsumer(consume: (launch: { files: FileSystemHandle[] }) => void) {
          const folder = await navigator.storage.getDirectory();
          const handle = await folder.getFileHandle('opened.mp4', { create: true });
          const writable = await handle.createWritable();
          await writable.write(new Uint8Array(content));
          await writable.close();
          consume({ files: [handle] });
        },
      };
      Object.defineProperty(window, 'launchQueue', { value: launchQueue });
    }, bytes);
    await page.goto(`${app.url}#/history`);
    await expect(page.getByText('opened.mp4').first()).toBeVisible();
    await expect(page.getByText(/copy in the browser/)).toHaveCount(0);
  });
});
