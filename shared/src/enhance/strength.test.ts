import { VideoSample } from 'mediabunny';
import { expect, test } from 'vitest';
import type { Size } from '../frameops/contract.ts';
import { type FloatPicture, type FloatTile, TypedArrayFrameOps } from '../frameops/typed-array.ts';
import type { LoadedModel } from '../inference/contract.ts';
import { jobSpecSchema } from '../spec/job-spec.ts';
import { Enhancer } from './enhancer.ts';

const [width, height] = [40, 24];
const doubled = { width: 2 * width, height: 2 * height };

/** Detail everywhere, and one block that differs between `position`s while all else stays. */
function bytesOf(position: number): Uint8Array {
  const data = new Uint8Array(width * height * 1.5).fill(120);
  for (let at = 0; at < width * height; at++) data[at] = 30 + ((at * 37 + (at >> 3) * 11) % 190);
  for (let y = 4; y < 8; y++) data.fill(20 + 60 * position, y * width + 4, y * width + 8);
  return data;
}

const sampleOf = (position: number) =>
  new VideoSample(bytesOf(position), {
    ...{ format: 'I420', codedWidth: width, codedHeight: height, timestamp: position },
  });

/** Doubles by repeating pixels, in inverted colours: far from the plain upscale. */
function inverting(ops: TypedArrayFrameOps): LoadedModel<FloatTile> {
  const model: Pick<LoadedModel<FloatTile>, 'run' | 'entry'> = {
    entry: { scale: 2, receptiveField: 2, multipleOf: 2 } as LoadedModel<FloatTile>['entry'],
    async run(tile) {
      const output = ops.tiles.create(tile.width * 2, tile.height * 2);
      for (let at = 0; at < output.data.length; at++) {
        const [x, row] = [at % output.width, Math.floor(at / output.width)];
        output.data[at] = 1 - (tile.data[(row >> 1) * tile.width + (x >> 1)] as number);
      }
      return output;
    },
  };
  return model as LoadedModel<FloatTile>;
}

interface Setting {
  readonly strength?: number;
  readonly outputSize?: Size;
  readonly reuse?: boolean;
  readonly withModel?: boolean;
}

/** The result of each frame before it becomes 8 bits, and after. */
async function results(positions: readonly number[], setting: Setting = {}) {
  const { outputSize = doubled, reuse = true, withModel = true, strength } = setting;
  const ops = new TypedArrayFrameOps();
  const pictures: Float32Array[] = [];
  const toSample = ops.toSample.bind(ops);
  ops.toSample = (picture: FloatPicture, ...times) => {
    pictures.push(picture.rgb.slice());
    return toSample(picture, ...times);
  };
  const model = withModel ? inverting(ops) : null;
  const options = { ops, model, outputSize, maxTilePixels: 256, reuse };
  const enhancer = new Enhancer(strength === undefined ? options : { ...options, strength });
  const frames: Uint8Array[] = [];
  for (const [at, position] of positions.entries()) {
    const frame = { timestampSeconds: at, durationSeconds: 1, sample: sampleOf(position) };
    const result = await enhancer.enhance(frame);
    const bytes = new Uint8Array(result.allocationSize());
    await result.copyTo(bytes);
    frames.push(bytes);
    result.close();
  }
  enhancer.reset();
  expect(ops.live()).toEqual({ sources: 0, tiles: 0, pictures: 0 });
  return { pictures, frames, stats: enhancer.stats };
}

test('app 2.1 a strength of 100 is the model alone, bit for bit', async () => {
  const full = await results([0, 1], { strength: 100 });
  expect(full.pictures).toEqual((await results([0, 1])).pictures);
});

test.each([
  ['×2', doubled],
  ['×1', { width, height }],
  ['×2.5', { width: 100, height: 60 }],
])('app 2.2 a strength of 0 at %s is the plain resample, bit for bit', async (_, outputSize) => {
  const none = await results([0, 1], { outputSize, withModel: false });
  expect((await results([0, 1], { outputSize, strength: 0 })).pictures).toEqual(none.pictures);
});

test.each([1, 30, 50, 99])('app 2.3 %i %% lies that far between the two', async (strength) => {
  for (const outputSize of [doubled, { width: 100, height: 60 }]) {
    const [plain] = (await results([0], { outputSize, strength: 0 })).pictures;
    const [model] = (await results([0], { outputSize, strength: 100 })).pictures;
    const [mixed] = (await results([0], { outputSize, strength })).pictures;
    if (!plain || !model || !mixed) throw new Error('no picture');
    expect(
      Math.max(...model.map((value, at) => Math.abs(value - (plain[at] ?? 0)))),
    ).toBeGreaterThan(0.5);
    const wanted = plain.map((value, at) => value + ((model[at] ?? 0) - value) * (strength / 100));
    expect(Math.max(...mixed.map((value, at) => Math.abs(value - (wanted[at] ?? 0))))).toBeLessThan(
      1e-6,
    );
  }
});

test('app 2.4 frames and tiles that are used again come out as computed ones do', async () => {
  const positions = [0, 0, 1, 1, 2, 0];
  const reused = await results(positions, { strength: 40 });
  const computed = await results(positions, { strength: 40, reuse: false });
  expect(reused.frames).toEqual(computed.frames);
  expect(reused.stats).toMatchObject({ frames: 6, reusedFrames: 2 });
  expect(reused.stats.reusedTiles).toBeGreaterThan(0);
});

test('app 2.5 a spec from before there was a strength means the model alone', () => {
  const old = {
    version: 1,
    enhance: { model: 'reel-x2' },
    output: { container: 'mp4', codec: 'avc' },
  };
  expect(jobSpecSchema.parse(old).enhance.strength).toBe(100);
  for (const strength of [-1, 101]) {
    expect(jobSpecSchema.safeParse({ ...old, enhance: { strength } }).success).toBe(false);
  }
});
