import { clip } from '../clips/index.ts';
import { begin } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';

test('app 4.20 no task of the page takes more than 100 ms while a job runs', async ({ page }) => {
  await page.goto('/');
  const app = await begin(page, await clip('frames-300'));
  await page.getByRole('region', { name: 'Progress' }).waitFor();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  await app.finished();
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  expect(tasks.filter((ms) => ms > 100)).toEqual([]);
});
