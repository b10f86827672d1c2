// `node scripts/run.mjs scripts/icons.ts`: draws the icons in `web/public` anew from `icon.svg`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumLaunchOptions } from '../e2e/browser/chromium.ts';
import { repositoryRoot } from './toolchain/install.mjs';

const folder = join(repositoryRoot, 'web/public');
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');

/** `fill` is painted behind the icon, from edge to edge, for systems that cut their own shape. */
interface Icon {
  readonly name: string;
  readonly sizePx: number;
  readonly share: number;
  readonly fill: string;
}

const background = '#0f172a';
const icons: readonly Icon[] = [
  { name: 'icon-192.png', sizePx: 192, share: 1, fill: 'transparent' },
  { name: 'icon-512.png', sizePx: 512, share: 1, fill: 'transparent' },
  // What a mask leaves for certain is a circle of 80 % of the width.
  { name: 'icon-maskable-512.png', sizePx: 512, share: 0.8, fill: background },
  { name: 'apple-touch-icon.png', sizePx: 180, share: 0.9, fill: background },
];

const browser = await chromium.launch(chromiumLaunchOptions());
const page = await browser.newPage();
for (const { name, sizePx, share, fill } of icons) {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(
    `<style>body{margin:0;background:${fill}}svg{position:absolute;inset:0;margin:auto;width:${share * 100}%}</style>${svg}`,
  );
  await page.screenshot({ path: join(folder, name), omitBackground: true });
}
await browser.close();
