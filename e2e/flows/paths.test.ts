import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { type Enhanced, enhance } from '../driver/enhance.ts';
import { EstimatePage } from '../driver/estimate-page.ts';
import { expect, test } from '../driver/flow.ts';
import { PreviewPage } from '../driver/preview-page.ts';
import { decodeErrors, frameHashes, frameTimes, psnr } from '../reference/index.ts';

const choice = ({ report }: Enhanced, of: 'provider' | 'decoder' | 'encoder') =>
  report[of] as { value: string; reason: string };

async function expectSameFrames(resultPath: string, sourcePath: string): Promise<void> {
  const seconds = (frames: Awaited<ReturnType<typeof frameTimes>>) =>
    frames.map(({ timestampSeconds }) => Number(timestampSeconds.toFixed(3)));
  expect(seconds(await frameTimes(resultPath))).toEqual(seconds(await frameTimes(sourcePath)));
  expect(await decodeErrors(resultPath)).toEqual([]);
}

test.beforeEach(({ page }) => page.goto('/'));

test('6.1 a clip goes through the GPU path and comes out with every frame', async ({ page }) => {
  const source = await clip('tiny');
  const result = await enhance(page, source, {}, { provider: 'webgpu' });
  expect(choice(result, 'provider').value).toBe('webgpu');
  await expectSameFrames(result.path, source);
});

test('6.2 the GPU path and the wasm path give the same picture', async ({ page }) => {
  const source = await clip('tiny');
  const finest = { output: { quality: 100 } };
  const onGpu = await enhance(page, source, finest, { provider: 'webgpu' });
  const onCpu = await enhance(page, source, finest, { provider: 'wasm' });
  const { mean } = await psnr(onGpu.path, onCpu.path);
  expect(mean).toBeGreaterThan(38);
});

test('7.1 without a GPU the same job runs in wasm with threads', async ({ page }) => {
  const source = await clip('plain-h264');
  const result = await enhance(page, source);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(choice(result, 'provider').value).toBe('wasm');
  await expectSameFrames(result.path, source);
});

test('7.3 the wasm provider starts threads under the page’s own policy', async ({ page }) => {
  const app = new AppPage(page);
  await app.pick(await clip('one-frame'), { provider: 'wasm' });
  // Preview and estimate have threads of their own; all of them are there by now.
  await new PreviewPage(page).ready();
  await new EstimatePage(page).looked();
  const scripts: string[] = [];
  page.on('worker', (worker) => scripts.push(worker.url()));
  await app.start();
  await app.finished();
  const threads = scripts.filter((url) => /ort-wasm-simd-threaded/.test(url)).length;
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  expect(threads).toBe(Math.min(cores, 8) - 1);
});

for (const name of ['xvid-avi', 'mpeg2-ps', 'mpeg2-ts', 'mjpeg-avi', 'prores-mov', 'hevc-mp4']) {
  test(`8.1 ${name} is decoded by ffmpeg, every frame of it`, async ({ page }) => {
    const source = await clip(name);
    const result = await enhance(page, source, { output: { container: 'mp4', codec: 'avc' } });
    expect(choice(result, 'decoder').value).toBe('ffmpeg');
    const [found, expected] = [await frameTimes(result.path), await frameTimes(source)];
    expect(found.length).toBe(expected.length);
    expect(await decodeErrors(result.path)).toEqual([]);
  });
}

test('8.2 a user may choose the ffmpeg decoder, and gets the same frames', async ({ page }) => {
  const source = await clip('vfr-mp4');
  const result = await enhance(page, source, {}, { decoder: 'ffmpeg' });
  expect(choice(result, 'decoder').value).toBe('ffmpeg');
  await expectSameFrames(result.path, source);
});

test('8.3 ffmpeg encodes where it is chosen, with the same frames', async ({ page }) => {
  const source = await clip('plain-h264');
  const result = await enhance(page, source, {}, { encoder: 'ffmpeg' });
  expect(choice(result, 'encoder').value).toBe('ffmpeg');
  await expectSameFrames(result.path, source);
});

test('9.1 what was chosen by probing is shown with its reason', async ({ page }) => {
  const app = new AppPage(page);
  await app.pick(await clip('hevc-mp4'));
  const facts = page.getByRole('region', { name: 'The video' });
  await expect(facts).toContainText('ffmpeg – WebCodecs cannot decode hevc');
  await expect(facts).toContainText('mediabunny reads');
});

test('9.2 a software GPU is not chosen, and the report says why', async ({ page }) => {
  const result = await enhance(page, await clip('one-frame'), {}, { provider: 'auto' });
  const { value, reason } = choice(result, 'provider');
  expect(value).toBe('wasm');
  expect(reason).toMatch(/emulated/);
});

test('13.1 reusing identical frames changes no bit of the result', async ({ page }) => {
  const source = await clip('held-frames');
  const output = { container: 'webm', codec: 'vp9' };
  const reused = await enhance(page, source, { output });
  const computed = await enhance(page, source, { output, enhance: { reuse: false } });
  expect(reused.report.reusedFrames).toBe(54);
  expect(computed.report.reusedFrames).toBe(0);
  expect(await frameHashes(reused.path)).toEqual(await frameHashes(computed.path));
});

test('13.2 only the tiles that changed are computed, and no bit of the result changes', async ({
  page,
}) => {
  const source = await clip('screen-like');
  const output = { container: 'webm', codec: 'vp9' };
  const reused = await enhance(page, source, { output });
  const computed = await enhance(page, source, { output, enhance: { reuse: false } });
  expect(reused.report.reusedTiles).toBeGreaterThan(0);
  expect(await frameHashes(reused.path)).toEqual(await frameHashes(computed.path));
});
