import type { Page } from 'playwright';
import { clip } from '../clips/index.ts';
import { openApp } from '../driver/app-session.ts';
import { PreviewPage } from '../driver/preview-page.ts';
import type { Effort } from './effort.ts';
import { type PreviewFigures, rounded } from './figures.ts';
import { median } from './median.ts';

/** What the page measures of itself: between a file's arrival and its first enhanced picture on the screen. */
interface Times {
  pickedMs?: number;
  shownMs?: number;
}

declare global {
  interface Window {
    previewTimes: Times;
  }
}

const clipName = 'real/bigbuckbunny';

/** Nothing on the page tells that the preview's worker is warm; on the slowest machine so far it takes half of this. */
const warmMs = 15_000;

/** Runs in the page before its own scripts. */
function watch(): void {
  const times: Times = {};
  window.previewTimes = times;
  addEventListener(
    'change',
    ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === 'file') {
        times.pickedMs = performance.now();
      }
    },
    true,
  );
  new MutationObserver(() => {
    if (times.shownMs !== undefined || !document.querySelector('[data-model-ms]')) return;
    times.shownMs = 0;
    // The picture is drawn with the frame after the page has taken it over.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        times.shownMs = performance.now();
      }),
    );
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

async function firstPreview(page: Page, url: string, path: string, waitMs: number) {
  await page.goto(url);
  await page.waitForTimeout(waitMs);
  await page.getByLabel('Video file').first().setInputFiles(path);
  await new PreviewPage(page).ready();
  await page.waitForFunction(() => window.previewTimes.shownMs);
  const { pickedMs = 0, shownMs = 0 } = await page.evaluate(() => window.previewTimes);
  const modelMs = Number(await page.locator('[data-model-ms]').getAttribute('data-model-ms'));
  return { seconds: (shownMs - pickedMs) / 1000, modelSeconds: modelMs / 1000 };
}

/** A 720p file with the settings that the app proposes, picked when the page has been open for a while. */
export async function measurePreview(effort: Effort): Promise<PreviewFigures> {
  const path = await clip(clipName);
  const repeats = effort === 'full' ? 5 : 1;
  const results = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const session = await openApp();
    try {
      await session.page.addInitScript(watch);
      results.push(await firstPreview(session.page, session.url, path, warmMs));
    } finally {
      await session.close();
    }
  }
  const overheads = results.map(({ seconds, modelSeconds }) => seconds - modelSeconds);
  return {
    clip: clipName,
    repeats,
    seconds: rounded(median(results.map(({ seconds }) => seconds))),
    modelSeconds: rounded(median(results.map(({ modelSeconds }) => modelSeconds))),
    overheadSeconds: rounded(median(overheads)),
    overheadRange: [rounded(Math.min(...overheads)), rounded(Math.max(...overheads))],
  };
}
