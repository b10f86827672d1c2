import { clip } from '../clips/index.ts';
import { begin } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { followTasks } from '../driver/page-tasks.ts';

test('app 4.20 no task of the page takes more than 100 ms of the processor while a job runs', async ({
  page,
}) => {
  await page.goto('/');
  const app = await begin(page, await clip('frames-300'));
  await page.getByRole('region', { name: 'Progress' }).waitFor();
  const tasks = await followTasks(page);
  await app.finished();
  const taskMs = await tasks();
  expect(taskMs.length).toBeGreaterThan(100);
  expect(taskMs.filter((ms) => ms > 100)).toEqual([]);
});
