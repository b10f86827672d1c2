import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { expect, test } from '../driver/flow.ts';
import { PreviewPage } from '../driver/preview-page.ts';
import { storedJobs } from '../driver/storage.ts';

let app: AppPage;
let preview: PreviewPage;

/** Picks a clip with the quick model, and waits for its first preview. */
async function open(name: string, enhance: Record<string, unknown> = {}): Promise<void> {
  await app.pick(await clip(name), { provider: 'wasm' });
  const spec = await app.spec();
  await app.applySpec({
    ...spec,
    enhance: { ...spec.enhance, model: 'anime4k-s-x2', ...enhance },
  });
  await preview.ready();
}

const applyEnhance = async (change: Record<string, unknown>) => {
  const spec = await app.spec();
  await app.applySpec({ ...spec, enhance: { ...spec.enhance, ...change } });
};

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  app = new AppPage(page);
  preview = new PreviewPage(page);
});

test.describe('app 2 preview', () => {
  test('app 2.50 a picked file is shown enhanced beside the source, and no job is made of it', async ({
    page,
  }) => {
    await open('plain-h264');
    await expect(preview.label('Before')).toBeVisible();
    await expect(preview.label('After')).toBeVisible();
    await expect(preview.region.getByText(/on the processor$/)).toBeVisible();
    expect(await preview.half('left')).not.toBe(await preview.half('right'));
    expect(await storedJobs(page)).toEqual([]);
  });

  test('app 2.51 the divider is moved by pointer and by keys', async ({ page }) => {
    await open('plain-h264');
    const box = await preview.place();
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, middle.y, { steps: 3 });
    await page.mouse.up();
    await expect(preview.divider).toHaveValue('75');
    const at75 = await preview.picture();
    await preview.divider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(preview.divider).toHaveValue('74');
    await page.keyboard.press('Home');
    await expect(preview.divider).toHaveAttribute('aria-valuetext', /^0% Before/);
    await expect.poll(() => preview.picture()).not.toBe(at75);
  });

  test('app 2.52 the picture is zoomed by wheel, keys and buttons, and moved when it is larger than its place', async ({
    page,
  }) => {
    await open('real/bikes');
    const fit = await preview.picture();
    await preview.button('200%').click();
    await expect(preview.button('200%')).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => preview.picture()).not.toBe(fit);
    const large = await preview.picture();
    await preview.pane.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => preview.picture()).not.toBe(large);
    const moved = await preview.picture();
    const box = await preview.place();
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 90, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => preview.picture()).not.toBe(moved);
    await page.keyboard.press('0');
    await expect(preview.button('Fit')).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => preview.picture()).toBe(fit);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    await expect(preview.button('Fit')).toHaveAttribute('aria-pressed', 'false');
    expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);
  });

  test('app 2.53 another model, strength or size is shown without asking', async () => {
    await open('plain-h264');
    const source = await preview.half('left');
    const quick = await preview.half('right');
    await preview.after(() => applyEnhance({ model: 'anime4k-vl-x2' }));
    const better = await preview.half('right');
    expect(better).not.toBe(quick);
    await preview.after(() => applyEnhance({ strength: 20 }));
    expect(await preview.half('right')).not.toBe(better);
    expect(await preview.half('left')).toBe(source);
    await preview.after(() => applyEnhance({ target: { kind: 'factor', factor: 4 } }));
    await expect(preview.region.getByText(/on the processor$/)).toBeVisible();
  });

  test('app 2.54 two models are compared on the same frame', async () => {
    await open('plain-h264');
    const enhanced = await preview.half('right');
    await preview.after(() =>
      preview.region.getByLabel('Compare with').selectOption('Anime4K VL ×2'),
    );
    await expect(preview.label('Anime4K S ×2')).toBeVisible();
    await expect(preview.label('Anime4K VL ×2')).toBeVisible();
    await expect.poll(() => preview.half('right')).not.toBe(enhanced);
    await preview.after(() =>
      preview.region.getByLabel('Compare with').selectOption('the original'),
    );
    await expect(preview.label('Before')).toBeVisible();
    await expect.poll(() => preview.half('right')).toBe(enhanced);
  });

  test('app 2.55 any frame is chosen by the slider, and the next one by a step', async ({
    page,
  }) => {
    await open('plain-h264');
    const first = await preview.picture();
    const slider = preview.region.getByRole('slider', { name: 'Frame' });
    const chosen = Number(await slider.inputValue());
    const next = await preview.after(() => preview.button('Next frame').click());
    await expect(slider).toHaveValue(String(chosen + 1));
    await expect(preview.region.getByText(`frame ${chosen + 2} of 75`)).toBeVisible();
    expect(next).not.toBe(first);
    const last = await preview.after(async () => {
      await slider.focus();
      await page.keyboard.press('End');
    });
    expect(last).not.toBe(next);
    await expect(preview.region.getByText('frame 75 of 75')).toBeVisible();
    await expect(preview.button('Next frame')).toBeDisabled();
  });

  test('app 2.56 the original is shown while a key or the button is held', async ({ page }) => {
    await open('plain-h264');
    const both = await preview.picture();
    await preview.pane.focus();
    await page.keyboard.down('o');
    await expect.poll(() => preview.picture()).not.toBe(both);
    await expect(preview.label('Before')).toHaveCount(2);
    await page.keyboard.up('o');
    await expect.poll(() => preview.picture()).toBe(both);
    await preview.button('Hold to see the original').hover();
    await page.mouse.down();
    await expect(preview.label('Before')).toHaveCount(2);
    await page.mouse.up();
    await expect(preview.label('After')).toBeVisible();
  });

  test('app 2.57 a preview that fails says why in its place, and is tried again at a press', async ({
    page,
  }) => {
    await open('plain-h264');
    const shown = await preview.picture();
    const models = /anime4k-vl-x2[^/]*\.onnx/;
    await page.route(models, (route) => route.abort());
    await applyEnhance({ model: 'anime4k-vl-x2' });
    const told = preview.region.locator('[data-code=MODEL_MISSING]');
    await expect(told).toContainText('The model Anime4K VL ×2 could not be loaded');
    expect(await preview.picture()).toBe(shown);
    await page.unroute(models);
    await preview.after(() => told.getByRole('button', { name: 'Try again' }).click());
    await expect(told).toHaveCount(0);
  });

  test('app 2.58 what ffmpeg alone can read is previewed like anything else', async () => {
    await open('xvid-avi');
    expect(await preview.half('left')).not.toBe(await preview.half('right'));
  });
});
