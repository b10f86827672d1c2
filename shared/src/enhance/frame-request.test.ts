import { VideoSample } from 'mediabunny';
import { describe, expect, it, vi } from 'vitest';
import { type FloatTile, TypedArrayFrameOps } from '../frameops/typed-array.ts';
import type { LoadedModel } from '../inference/contract.ts';
import type { SourceFrame } from '../media/source.ts';
import type { Rect } from '../tiles/rect.ts';
import { Enhancer, type FrameRequest } from './enhancer.ts';

const [width, height] = [64, 32];

/** A grey ramp, a little brighter with each position. */
function frameOf(position = 0): SourceFrame {
  const data = new Uint8Array(width * height * 1.5).fill(128);
  for (let i = 0; i < width * height; i++) data[i] = 16 + (i % width) + position;
  const sample = new VideoSample(data, {
    ...{ format: 'I420', codedWidth: width, codedHeight: height, timestamp: position },
  });
  return { timestampSeconds: position, durationSeconds: 1, sample };
}

/** Doubles the size by repeating pixels, in tiles of 16×16, and counts its runs. */
function open(outputSize = { width: 128, height: 64 }) {
  const ops = new TypedArrayFrameOps();
  const counted = { runs: 0 };
  const model: Pick<LoadedModel<FloatTile>, 'run' | 'entry' | 'dispose'> = {
    entry: { scale: 2, receptiveField: 0, multipleOf: 2 } as LoadedModel<FloatTile>['entry'],
    async run(tile) {
      counted.runs++;
      const output = ops.tiles.create(tile.width * 2, tile.height * 2);
      for (let i = 0; i < output.data.length; i++) {
        const plane = Math.floor(i / (4 * tile.width * tile.height));
        const y = Math.floor(i / (2 * tile.width)) % (2 * tile.height);
        const from = (plane * tile.height + (y >> 1)) * tile.width + ((i % (2 * tile.width)) >> 1);
        output.data[i] = tile.data[from] ?? 0;
      }
      return output;
    },
    dispose: async () => {},
  };
  const loaded = model as LoadedModel<FloatTile>;
  const setup = { ops, model: loaded, outputSize, maxTilePixels: 256, reuse: true };
  return { ops, counted, setup, enhancer: new Enhancer(setup) };
}

async function bytesOf(sample: VideoSample): Promise<number[]> {
  const bytes = new Uint8Array(sample.allocationSize());
  await sample.copyTo(bytes);
  sample.close();
  return [...bytes];
}

const watching = (seen: Rect[], stop?: () => void): FrameRequest => ({
  focus: { x: 56, y: 24 },
  async onTile(_done, _total, parts) {
    for await (const { sample, core } of parts()) {
      expect([sample.codedWidth, sample.codedHeight]).toEqual([2 * core.width, 2 * core.height]);
      sample.close();
      seen.push(core);
    }
    stop?.();
  },
});

describe('app 2. a frame that someone waits for', () => {
  it('app 2.20 is enhanced from the point looked at outwards, tile by tile', async () => {
    const { enhancer, ops } = open();
    const seen: Rect[] = [];
    (await enhancer.enhance(frameOf(), watching(seen))).close();
    const distances = seen.map((core) =>
      Math.hypot(core.x + core.width / 2 - 56, core.y + core.height / 2 - 24),
    );
    expect(seen).toHaveLength(8);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    enhancer.reset();
    expect(ops.live()).toEqual({ sources: 0, tiles: 0, pictures: 0 });
  });

  it('app 2.25 has pictures made of its parts when they are asked for, of each one once', async () => {
    const { enhancer, ops } = open();
    const made = vi.spyOn(ops, 'toSample');
    const asked: number[] = [];
    const sample = await enhancer.enhance(frameOf(), {
      async onTile(done, _total, parts) {
        if (done !== 3 && done !== 5) return;
        let count = 0;
        for await (const part of parts()) {
          part.sample.close();
          count++;
        }
        asked.push(count);
      },
    });
    sample.close();
    expect(asked).toEqual([3, 2]);
    // Besides them the frame itself.
    expect(made).toHaveBeenCalledTimes(6);
  });

  it('app 2.21 is given up between two tiles, and goes on from there when it is wanted again', async () => {
    const { enhancer, counted, setup, ops } = open();
    const seen: Rect[] = [];
    const stop = new AbortController();
    const stopAtThird = () => seen.length === 3 && stop.abort(new Error('not wanted any more'));
    const request = { ...watching(seen, stopAtThird), signal: stop.signal };
    await expect(enhancer.enhance(frameOf(), request)).rejects.toThrow('not wanted any more');
    expect(counted.runs).toBe(3);
    const result = await bytesOf(await enhancer.enhance(frameOf()));
    expect(counted.runs).toBe(8);
    expect(result).toEqual(await bytesOf(await new Enhancer(setup).enhance(frameOf())));
    enhancer.reset();
    expect(ops.live()).toEqual({ sources: 1, tiles: 0, pictures: 1 });
  });

  it('app 2.22 another frame after one that was given up is right everywhere', async () => {
    const { enhancer, setup } = open();
    (await enhancer.enhance(frameOf(0))).close();
    const stop = new AbortController();
    const request = { ...watching([], () => stop.abort()), signal: stop.signal };
    await expect(enhancer.enhance(frameOf(1), request)).rejects.toThrow();
    const result = await bytesOf(await enhancer.enhance(frameOf(0)));
    expect(result).toEqual(await bytesOf(await new Enhancer(setup).enhance(frameOf(0))));
  });

  it.each([
    ['another strength', { outputSize: { width: 128, height: 64 }, strength: 40 }],
    ['strength 0', { outputSize: { width: 128, height: 64 }, strength: 0 }],
    ['another size', { outputSize: { width: 96, height: 48 } }],
  ])('app 2.23 comes out with %s without a run of the model', async (_, result) => {
    const { enhancer, counted, setup } = open();
    (await enhancer.enhance(frameOf())).close();
    const { runs } = counted;
    enhancer.change(result);
    const changed = await bytesOf(await enhancer.enhance(frameOf()));
    expect(counted.runs).toBe(runs);
    const fresh = new Enhancer({ ...setup, ...result });
    expect(changed).toEqual(await bytesOf(await fresh.enhance(frameOf())));
  });

  it('app 2.24 gets its model back when the strength was 0 before', async () => {
    const { setup } = open();
    const enhancer = new Enhancer({ ...setup, strength: 0 });
    (await enhancer.enhance(frameOf())).close();
    enhancer.change({ outputSize: setup.outputSize, strength: 100 });
    const result = await bytesOf(await enhancer.enhance(frameOf()));
    expect(result).toEqual(await bytesOf(await new Enhancer(setup).enhance(frameOf())));
  });
});
