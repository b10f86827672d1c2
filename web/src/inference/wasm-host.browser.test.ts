import pixelsUrl from '@clearreel/models/test/fixtures/pictures.bin?url';
import sizes from '@clearreel/models/test/fixtures/pictures.json';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { FloatTiles } from '@clearreel/shared/frameops/float-tiles';
import { afterAll, describe, expect, it } from 'vitest';
import { findModel, models } from './catalogue.ts';
import { WasmInferenceHost } from './wasm-host.ts';

const expectedUrls = import.meta.glob<string>('../../../models/test/fixtures/*-x?.bin', {
  query: '?url',
  import: 'default',
  eager: true,
});

const bytesAt = async (url: string | undefined) => (await fetch(url ?? '')).arrayBuffer();

describe('wasm inference', () => {
  const tiles = new FloatTiles();
  const host = new WasmInferenceHost({ tiles });
  afterAll(() => host.dispose());

  it.each(models)(
    '7.1 $id in WebAssembly equals its independent reference within 1/255',
    async ({ id, scale }) => {
      const model = await host.load(findModel(id));
      const pixels = new Uint8Array(await bytesAt(pixelsUrl));
      const url = expectedUrls[`../../../models/test/fixtures/${id}.bin`];
      const expected = new Uint16Array(await bytesAt(url));
      let from = 0;
      let at = 0;
      for (const { width, height } of sizes) {
        const area = width * height;
        const tile = tiles.create(width, height);
        for (let i = 0; i < 3 * area; i++) {
          tile.data[(i % 3) * area + Math.floor(i / 3)] = (pixels[from + i] as number) / 255;
        }
        const result = await model.run(tile);
        expect([result.width, result.height]).toEqual([scale * width, scale * height]);
        const largest = result.data.reduce((most, value, i) => {
          const error = Math.min(1, Math.max(0, value)) - (expected[at + i] as number) / 65535;
          return Math.max(most, Math.abs(error));
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

  it('7.7 a file that is not the one of the manifest is refused by name', async () => {
    const entry = findModel('anime4k-s-x2');
    const wrong = (body: Uint8Array<ArrayBuffer>) => {
      const urlOf = () => URL.createObjectURL(new Blob([body]));
      return new WasmInferenceHost({ tiles, fetching: { urlOf } }).load(entry);
    };
    const bytes = entry.variants.find(({ precision }) => precision === 'fp32')?.bytes ?? 0;
    for (const [body, reason] of [
      [new Uint8Array(bytes), 'checksum'],
      [new Uint8Array(bytes - 1), `only ${bytes - 1} of ${bytes} bytes`],
      [new Uint8Array(bytes + 1), `more than ${bytes} bytes`],
    ] as const) {
      const error = await wrong(body).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ClearReelError);
      expect(error).toMatchObject({ code: 'MODEL_MISSING' });
      expect(String(error)).toContain(reason);
    }
  });

  it('7.8 a missing file and a cancelled download say so', async () => {
    const entry = findModel('anime4k-s-x2');
    const missing = new WasmInferenceHost({ tiles, fetching: { urlOf: () => undefined } });
    await expect(missing.load(entry)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
    const cancelled = new WasmInferenceHost({ tiles, fetching: { signal: AbortSignal.abort() } });
    await expect(cancelled.load(entry)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
