import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findModel, models } from './models.ts';
import { OrtInferenceHost, sharedTiles } from './ort-host.ts';

const fixtures = join(
  dirname(createRequire(import.meta.url).resolve('@clearreel/models/manifest.json')),
  'test/fixtures',
);
const fixture = (name: string) => readFileSync(join(fixtures, name));

interface Size {
  readonly width: number;
  readonly height: number;
}

describe('server 1. inference on the processor', () => {
  const tiles = sharedTiles();
  const host = new OrtInferenceHost({ provider: 'cpu', tiles });
  afterAll(() => host.dispose());

  // The browser's providers are held to the same references (7.1, 5.2), and so agree with this one.
  it.each(models)(
    'server 1.24 $id equals its independent reference within 1/255',
    async ({ id, scale }) => {
      const model = await host.load(findModel(id));
      const pixels = fixture('pictures.bin');
      const sizes: Size[] = JSON.parse(String(fixture('pictures.json')));
      const expected = fixture(`${id}.bin`);
      let from = 0;
      let at = 0;
      for (const { width, height } of sizes) {
        const area = width * height;
        const tile = tiles.create(width, height);
        for (let i = 0; i < 3 * area; i++) {
          tile.data[(i % 3) * area + Math.floor(i / 3)] = (pixels[from + i] ?? 0) / 255;
        }
        const result = await model.run(tile);
        expect([result.width, result.height]).toEqual([scale * width, scale * height]);
        const largest = result.data.reduce((most, value, i) => {
          const reference = expected.readUInt16LE(2 * (at + i)) / 65535;
          return Math.max(most, Math.abs(Math.min(1, Math.max(0, value)) - reference));
        }, 0);
        expect(255 * largest).toBeLessThan(1);
        from += 3 * area;
        at += result.data.length;
        tiles.release(tile);
        tiles.release(result);
      }
      await model.dispose();
      expect(tiles.live).toBe(0);
    },
  );

  it('server 1.25 leaves the main thread free while a model runs', async () => {
    const model = await host.load(findModel('reel-x2'));
    const tile = tiles.create(640, 360);
    let isRunning = true;
    const running = model.run(tile).finally(() => {
      isRunning = false;
    });
    let turns = 0;
    while (isRunning) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      turns++;
    }
    tiles.release(tile);
    tiles.release(await running);
    await model.dispose();
    expect(turns).toBeGreaterThan(3);
  });

  it('server 1.26 a file that is not the one of the manifest is refused by name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clearreel-models-'));
    const wrong = new OrtInferenceHost({ provider: 'cpu', tiles, modelFolder: folder });
    try {
      const entry = findModel('anime4k-s-x2');
      await expect(wrong.load(entry)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
      await mkdir(join(folder, 'onnx'));
      await writeFile(join(folder, 'onnx/anime4k-s-x2.onnx'), 'something else');
      await expect(wrong.load(entry)).rejects.toMatchObject({
        code: 'MODEL_MISSING',
        message: expect.stringContaining('onnx/anime4k-s-x2.onnx is not the file'),
      });
    } finally {
      await wrong.dispose();
      await rm(folder, { recursive: true });
    }
  });

  it('server 1.27 a host that was disposed of says so instead of waiting', async () => {
    const gone = new OrtInferenceHost({ provider: 'cpu', tiles });
    const model = await gone.load(findModel('anime4k-s-x2'));
    await gone.dispose();
    const tile = tiles.create(16, 16);
    await expect(model.run(tile)).rejects.toMatchObject({ code: 'INFERENCE_FAILED' });
    tiles.release(tile);
    expect(tiles.live).toBe(0);
  });
});
