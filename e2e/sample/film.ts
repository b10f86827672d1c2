import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { chromiumLaunchOptions } from '../browser/chromium.ts';

const address = 'http://scene.test/';

/** Draws the scene in a browser's canvas and gives the frames as PNG, one after the other. */
export async function* film(frames: Iterable<number>): AsyncGenerator<Buffer> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.route(`${address}**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') {
        const body = '<script type="module" src="page.ts"></script>';
        return route.fulfill({ contentType: 'text/html', body });
      }
      const path = fileURLToPath(new URL(`./scene${pathname}`, import.meta.url));
      const body = stripTypeScriptTypes(await readFile(path, 'utf8'));
      return route.fulfill({ contentType: 'text/javascript', body });
    });
    await page.goto(address);
    await page.waitForFunction(() => 'frame' in globalThis);
    for (const index of frames) {
      const png = await page.evaluate((at) => {
        const { frame } = globalThis as unknown as { frame: (index: number) => string };
        return frame(at);
      }, index);
      yield Buffer.from(png.slice(png.indexOf(',') + 1), 'base64');
    }
  } finally {
    await browser.close();
  }
}
