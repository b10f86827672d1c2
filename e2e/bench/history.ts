import type { Page } from 'playwright';
import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { openApp } from '../driver/app-session.ts';
import { enhance } from '../driver/enhance.ts';
import { seedHistory } from '../driver/history-seed.ts';
import type { Effort } from './effort.ts';
import { type HistoryFigures, rounded } from './figures.ts';
import { median } from './median.ts';

/** Seconds from an act on the page until what it leads to has been drawn, by the page's own clock. */
async function drawn(page: Page, act: string, selector: string): Promise<number> {
  return page.evaluate(
    ([doing, wanted]) =>
      new Promise<number>((resolve) => {
        const startMs = performance.now();
        const look = () => {
          if (document.querySelector(wanted)) {
            requestAnimationFrame(() =>
              setTimeout(() => resolve((performance.now() - startMs) / 1000)),
            );
          } else requestAnimationFrame(look);
        };
        if (doing === 'open') location.hash = '#/history';
        else {
          const [button] = [...document.querySelectorAll('button')].filter(({ textContent }) =>
            textContent?.startsWith(doing),
          );
          button?.click();
        }
        requestAnimationFrame(look);
      }),
    [act, selector] as const,
  );
}

/** A history of thousands of jobs: opening it, as the first page of a visit has it, and filtering it. */
export async function measureHistory(effort: Effort): Promise<HistoryFigures> {
  const jobs = effort === 'full' ? 2000 : 200;
  const repeats = effort === 'full' ? 7 : 1;
  const session = await openApp();
  const opens: number[] = [];
  const filters: number[] = [];
  try {
    const { page } = session;
    await enhance(page, await clip('tiny'));
    await seedHistory(page, jobs - 1);
    for (let repeat = 0; repeat < repeats; repeat++) {
      await new AppPage(page).show('queue');
      // On the start page the preview's models would be loaded beside. Nothing stored has been read as history yet.
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.evaluate(() => document.fonts.ready);
      await page.waitForLoadState('networkidle');
      opens.push(await drawn(page, 'open', 'li[data-job]'));
      filters.push(await drawn(page, 'Failed', 'li[data-job] .text-danger'));
    }
  } finally {
    await session.close();
  }
  return {
    jobs,
    repeats,
    openSeconds: rounded(median(opens)),
    filterSeconds: rounded(median(filters)),
  };
}
