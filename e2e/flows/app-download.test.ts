import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { expect, test } from '../driver/flow.ts';
import { PreviewPage } from '../driver/preview-page.ts';
import { HeldLine } from '../faults/network/held-line.ts';

/** Of a model or a runtime, and how much of it has come. */
const downloading = /^Fetching what this needs, once: [\d.]+ .+ of [\d.]+ .+$/;

let line: HeldLine;

test.beforeEach(async ({ baseURL }) => {
  line = await HeldLine.to(baseURL ?? '', (path) => path.endsWith('.onnx'));
});
test.afterEach(() => line.close());

test.describe('app 8 downloads', () => {
  test('app 8.30 a preview that waits for its model says how much of it has come', async ({
    page,
  }) => {
    await page.goto(line.url);
    const app = new AppPage(page);
    const preview = new PreviewPage(page);
    await app.pick(await clip('plain-h264'), { provider: 'wasm' });
    await expect(preview.region.getByText(downloading)).toBeVisible();
    line.release();
    await preview.ready();
    await expect(preview.region.getByText(downloading)).toBeHidden();
  });

  test('app 8.31 so does a job', async ({ page }) => {
    await page.goto(line.url);
    const app = new AppPage(page);
    await app.pick(await clip('plain-h264'), { provider: 'wasm' });
    await app.start();
    await expect(
      page.getByRole('region', { name: 'Progress' }).getByText(downloading),
    ).toBeVisible();
    line.release();
    await app.finished();
  });
});
