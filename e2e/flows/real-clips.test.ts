import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clip } from '../clips/index.ts';
import { enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import { ffmpeg } from '../reference/ffmpeg.ts';
import { decodeErrors, frameTimes, probeVideo, psnr } from '../reference/index.ts';

test.beforeEach(({ page }) => page.goto('/'));

/** A size at which software inference on the GPU path takes seconds, not hours. */
async function tinyCut(source: string, folder: string): Promise<string> {
  const path = join(folder, 'tiny.mp4');
  const picture = ['-frames:v', '8', '-vf', 'scale=32:18', '-pix_fmt', 'yuv420p', '-crf', '1'];
  await ffmpeg(['-i', source, ...picture, '-an', '-y', path]);
  return path;
}

const secondsUpTo = async (path: string, endSeconds: number) =>
  (await frameTimes(path)).filter(({ timestampSeconds }) => timestampSeconds < endSeconds).length;

test('6.3 camera footage goes through the GPU path', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-'));
  try {
    const source = await tinyCut(await clip('real/bikes'), folder);
    const result = await enhance(page, source, {}, { provider: 'webgpu' });
    expect((await frameTimes(result.path)).length).toBe(8);
    expect(await decodeErrors(result.path)).toEqual([]);
    const { mean } = await psnr(source, result.path, { scale: { width: 32, height: 18 } });
    expect(mean).toBeGreaterThan(25);
  } finally {
    await rm(folder, { recursive: true });
  }
});

for (const name of ['real/bikes', 'real/bigbuckbunny'] as const) {
  test(`7.2 ${name} goes through the wasm path`, async ({ page }) => {
    const source = await clip(name);
    const result = await enhance(page, source, { trim: { endSeconds: 0.6 } });
    expect((await frameTimes(result.path)).length).toBe(await secondsUpTo(source, 0.6));
    expect(await decodeErrors(result.path)).toEqual([]);
    const [before, after] = [await probeVideo(source), await probeVideo(result.path)];
    expect([after.width, after.height]).toEqual([2 * before.width, 2 * before.height]);
  });
}

for (const name of ['real/vtest', 'real/tree'] as const) {
  test(`8.4 ${name} goes through the ffmpeg path`, async ({ page }) => {
    const source = await clip(name);
    const result = await enhance(page, source, { trim: { endSeconds: 1 } });
    expect((await frameTimes(result.path)).length).toBe(await secondsUpTo(source, 1));
    expect(await decodeErrors(result.path)).toEqual([]);
  });
}
