import type { VideoSample } from 'mediabunny';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { planTiles } from '../tiles/plan.ts';
import type { Rect } from '../tiles/rect.ts';
import {
  bars601,
  bars709,
  bt601,
  bt709,
  busy,
  makeSample,
  mild,
  type SampleOptions,
  smooth,
  type Yuv,
} from './contract.samples.ts';
import type { FrameOps, Size } from './contract.ts';
import blendCases from './reference/blend.json' with { type: 'json' };
import lanczosCases from './reference/lanczos.json' with { type: 'json' };

/** What the suite needs besides the operations: handles' values in and out, as planes R, G, B of 0..1. */
export interface FrameOpsHarness<Source, Tile, Picture> {
  readonly ops: FrameOps<Source, Tile, Picture>;
  makeTile(size: Size, values: Float32Array): Tile;
  readTile(tile: Tile): Promise<Float32Array>;
  readPicture(picture: Picture): Promise<Float32Array>;
  /** The sample's colours, as R, G, B of 0..255 pixel by pixel. */
  readSample(sample: VideoSample): Promise<Uint8Array>;
}

export interface FrameOpsTolerance {
  /** Largest error of a loaded or written 8-bit value. */
  readonly of255: number;
  /** Largest error of resampled values in 0..1. */
  readonly resample: number;
}

const whole = ({ width, height }: Size): Rect => ({ x: 0, y: 0, width, height });

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs((a[i] as number) - (b[i] as number)));
  }
  return largest;
};

/** Three planes of `value(x, y, plane)`. */
const planes = (
  { width, height }: Size,
  value: (x: number, y: number, plane: number) => number,
): Float32Array =>
  Float32Array.from({ length: 3 * width * height }, (_, i) =>
    value(i % width, Math.floor(i / width) % height, Math.floor(i / (width * height))),
  );

/** BT.709 or BT.601, limited range, in doubles with chroma interpolated between the box centres. */
function expectedRgb(size: Size, at: (x: number, y: number) => Yuv, bt: 601 | 709): Float32Array {
  const [kr, kb] = bt === 709 ? [0.2126, 0.0722] : [0.299, 0.114];
  const last = { x: ((size.width + 1) >> 1) - 1, y: ((size.height + 1) >> 1) - 1 };
  const chroma = (x: number, y: number, channel: 1 | 2) => {
    const [cx, cy] = [(x - 0.5) / 2, (y - 0.5) / 2];
    const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
    const box = (i: number, j: number) =>
      at(2 * Math.min(last.x, Math.max(0, x0 + i)), 2 * Math.min(last.y, Math.max(0, y0 + j)))[
        channel
      ];
    const [fx, fy] = [cx - x0, cy - y0];
    const top = box(0, 0) * (1 - fx) + box(1, 0) * fx;
    const bottom = box(0, 1) * (1 - fx) + box(1, 1) * fx;
    return (top * (1 - fy) + bottom * fy - 128) / 224;
  };
  return planes(size, (x, y, plane) => {
    const luma = (at(x, y)[0] - 16) / 219;
    const red = luma + 2 * (1 - kr) * chroma(x, y, 2);
    const blue = luma + 2 * (1 - kb) * chroma(x, y, 1);
    const green = (luma - kr * red - kb * blue) / (1 - kr - kb);
    return Math.min(1, Math.max(0, [red, green, blue][plane] as number));
  });
}

/** The rules that every implementation of `FrameOps` keeps. */
export function describeFrameOps<Source, Tile, Picture>(
  name: string,
  makeHarness: () => Promise<FrameOpsHarness<Source, Tile, Picture>>,
  tolerance: FrameOpsTolerance,
): void {
  describe(`frame operations: ${name}`, () => {
    let harness: FrameOpsHarness<Source, Tile, Picture>;
    let ops: FrameOps<Source, Tile, Picture>;

    beforeAll(async () => {
      harness = await makeHarness();
      ops = harness.ops;
    });
    afterAll(() => ops.dispose());
    afterEach(() => {
      // 14.1 whatever a test took, it gave back.
      expect(ops.live()).toEqual({ sources: 0, tiles: 0, pictures: 0 });
    });

    const load = async (size: Size, at: (x: number, y: number) => Yuv, options?: SampleOptions) => {
      const sample = makeSample(size, at, options);
      try {
        return await ops.load(sample);
      } finally {
        sample.close();
      }
    };

    const loadedRgb = async (
      size: Size,
      at: (x: number, y: number) => Yuv,
      options?: SampleOptions,
    ) => {
      const source = await load(size, at, options);
      expect(ops.sizeOf(source)).toEqual(size);
      const tile = ops.cut(source, whole(size));
      const values = await harness.readTile(tile);
      ops.releaseTile(tile);
      ops.releaseSource(source);
      return values;
    };

    const pictureOf = (size: Size, values: Float32Array) => {
      const tile = harness.makeTile(size, values);
      const picture = ops.createPicture(size);
      ops.paste(tile, whole(size), picture, 0, 0);
      ops.releaseTile(tile);
      return picture;
    };

    const resampled = async (size: Size, values: Float32Array, target: Size) => {
      const picture = pictureOf(size, values);
      const result = ops.resample(picture, target);
      const out = await harness.readPicture(result);
      ops.releasePicture(picture);
      ops.releasePicture(result);
      return out;
    };

    describe('load', () => {
      const allBars = [
        ...bars709.map((bar) => ({ ...bar, standard: 'BT.709', colour: bt709 })),
        ...bars601.map((bar) => ({ ...bar, standard: 'BT.601', colour: bt601 })),
      ];
      it.each(allBars)('11.1 the 75 % bar $name in $standard is read right', async (bar) => {
        const size = { width: 8, height: 6 };
        const values = await loadedRgb(size, () => bar.yuv, { colour: bar.colour });
        const expected = planes(size, (_x, _y, plane) => (bar.rgb[plane] as number) / 255);
        expect(255 * largestDifference(values, expected)).toBeLessThanOrEqual(tolerance.of255 + 1);
      });

      it('11.2 full range reaches black and white, limited range too', async () => {
        const size = { width: 4, height: 2 };
        const full = { colour: { ...bt709, fullRange: true } };
        const level = async (y: number, options?: SampleOptions) =>
          255 * ((await loadedRgb(size, () => [y, 128, 128], options))[0] as number);
        expect(await level(0, full)).toBeCloseTo(0, 3);
        expect(await level(255, full)).toBeCloseTo(255, 3);
        expect(await level(100, full)).toBeCloseTo(100, 3);
        expect(await level(16)).toBeCloseTo(0, 3);
        expect(await level(235)).toBeCloseTo(255, 3);
      });

      it.each([
        [32, 18],
        [33, 19],
        [31, 18],
        [17, 7],
      ])('11.3 a picture of %i×%i does not shift, from edge to edge', async (width, height) => {
        const size = { width, height };
        for (const options of [{}, { format: 'NV12' }, { colour: bt601 }] as const) {
          const bt = 'colour' in options ? 601 : 709;
          const values = await loadedRgb(size, smooth, options);
          const error = 255 * largestDifference(values, expectedRgb(size, smooth, bt));
          expect(error).toBeLessThanOrEqual(tolerance.of255);
        }
      });

      it('11.14 a source without a matrix tag is BT.601 below 720 lines, whatever the decoder guessed', async () => {
        const size = { width: 24, height: 14 };
        // Where the browser has converted NV12 with the wrong matrix, it is rounded twice.
        for (const [format, at, more] of [
          ['I420', smooth, 0],
          ['NV12', mild, 1],
        ] as const) {
          const sample = makeSample(size, at, { format });
          const source = await ops.load(sample, true);
          sample.close();
          const tile = ops.cut(source, whole(size));
          const error = largestDifference(await harness.readTile(tile), expectedRgb(size, at, 601));
          ops.releaseTile(tile);
          ops.releaseSource(source);
          expect(255 * error).toBeLessThanOrEqual(tolerance.of255 + more);
        }
      });

      it('11.4 pixels that are not square keep their number', async () => {
        const size = { width: 24, height: 10 };
        for (const format of ['I420', 'NV12'] as const) {
          const values = await loadedRgb(size, smooth, { displayWidth: 32, format });
          const error = 255 * largestDifference(values, expectedRgb(size, smooth, 709));
          expect(error).toBeLessThanOrEqual(tolerance.of255);
        }
      });
    });

    describe('compare', () => {
      const size = { width: 21, height: 13 };
      const rects: Rect[] = [
        whole(size),
        { x: 0, y: 0, width: 10, height: 6 },
        { x: 10, y: 0, width: 11, height: 6 },
        { x: 0, y: 6, width: 10, height: 7 },
        { x: 10, y: 6, width: 11, height: 7 },
        { x: 5, y: 3, width: 1, height: 1 },
      ];

      it('6.1 equal pictures are equal everywhere', async () => {
        const [a, b] = [await load(size, busy), await load(size, busy)];
        expect([...(await ops.compare(a, b, rects))]).toEqual([0, 0, 0, 0, 0, 0]);
        ops.releaseSource(a);
        ops.releaseSource(b);
      });

      it.each([
        [0, 0, [1, 1, 0, 0, 0, 0]],
        [20, 0, [1, 0, 1, 0, 0, 0]],
        [0, 12, [1, 0, 0, 1, 0, 0]],
        [20, 12, [1, 0, 0, 0, 1, 0]],
        [5, 3, [1, 1, 0, 0, 0, 1]],
      ])(
        '6.2 one luma step at (%i, %i) is found where it is and nowhere else',
        async (x, y, flags) => {
          const a = await load(size, busy);
          const b = await load(size, (i, j) => {
            const [luma, u, v] = busy(i, j);
            return [i === x && j === y ? luma + 1 : luma, u, v];
          });
          expect([...(await ops.compare(a, b, rects))]).toEqual(flags);
          ops.releaseSource(a);
          ops.releaseSource(b);
        },
      );

      it('6.3 no rectangles, no answers', async () => {
        const a = await load(size, busy);
        expect(await ops.compare(a, a, [])).toHaveLength(0);
        ops.releaseSource(a);
      });
    });

    describe('tiles and pictures', () => {
      const size = { width: 29, height: 17 };

      it('6.4 a cut holds exactly the pixels of its rectangle', async () => {
        const source = await load(size, busy);
        const all = ops.cut(source, whole(size));
        const rect = { x: 7, y: 5, width: 11, height: 9 };
        const part = ops.cut(source, rect);
        const values = await harness.readTile(all);
        const expected = planes(
          rect,
          (x, y, plane) =>
            values[(plane * size.height + y + rect.y) * size.width + x + rect.x] as number,
        );
        expect(await harness.readTile(part)).toEqual(expected);
        ops.releaseTile(all);
        ops.releaseTile(part);
        ops.releaseSource(source);
      });

      it('6.5 a pasted part lands where it belongs, clipped to 0..1, and nothing else changes', async () => {
        const picture = pictureOf(size, new Float32Array(3 * 29 * 17).fill(0.5));
        const tileSize = { width: 6, height: 5 };
        const tile = harness.makeTile(
          tileSize,
          planes(tileSize, (x, y, plane) => x * 0.4 - 0.5 + y * 0.01 + plane * 0.1),
        );
        ops.paste(tile, { x: 1, y: 2, width: 5, height: 3 }, picture, 24, 14);
        const expected = planes(size, (x, y, plane) => {
          if (x < 24 || y < 14) return 0.5;
          const value = (x - 23) * 0.4 - 0.5 + (y - 12) * 0.01 + plane * 0.1;
          return Math.min(1, Math.max(0, value));
        });
        expect(largestDifference(await harness.readPicture(picture), expected)).toBeLessThan(1e-6);
        ops.releaseTile(tile);
        ops.releasePicture(picture);
      });

      it('13.8 cutting into tiles and pasting their cores gives the whole picture, bit for bit', async () => {
        const source = await load(size, busy);
        const plan = planTiles({ ...size, halo: 2, multipleOf: 1, maxInputPixels: 150 });
        expect(plan.tiles.length).toBeGreaterThan(3);
        const picture = ops.createPicture(size);
        for (const { input, core } of plan.tiles) {
          const tile = ops.cut(source, input);
          const from = { ...core, x: core.x - input.x, y: core.y - input.y };
          ops.paste(tile, from, picture, core.x, core.y);
          ops.releaseTile(tile);
        }
        const untiled = ops.toPicture(source);
        expect(await harness.readPicture(picture)).toEqual(await harness.readPicture(untiled));
        for (const made of [picture, untiled]) ops.releasePicture(made);
        ops.releaseSource(source);
      });
    });

    it('13.9 a cropped part of a picture is that part, bit for bit', async () => {
      const size = { width: 23, height: 12 };
      const at = (x: number, y: number, plane: number) => ((x * 7 + y * 13 + plane * 5) % 17) / 17;
      const picture = pictureOf(size, planes(size, at));
      const rect = { x: 5, y: 3, width: 11, height: 7 };
      const part = ops.crop(picture, rect);
      const expected = planes(rect, (x, y, plane) => at(x + 5, y + 3, plane));
      expect(await harness.readPicture(part)).toEqual(expected);
      for (const made of [picture, part]) ops.releasePicture(made);
    });

    describe('resample', () => {
      it.each(lanczosCases.map((of, index) => ({ index, ...of })))(
        '11.5 $width×$height to $targetWidth×$targetHeight equals Pillow',
        async ({ width, height, targetWidth, targetHeight, input, output }) => {
          const size = { width, height };
          const target = { width: targetWidth, height: targetHeight };
          const values = planes(size, (x, y) => (input[y * width + x] as number) / 255);
          const expected = planes(target, (x, y) => output[y * targetWidth + x] as number);
          const out = await resampled(size, values, target);
          expect(largestDifference(out, expected)).toBeLessThan(tolerance.resample);
        },
      );

      it.each([
        [40, 22],
        [7, 3],
        [23, 11],
      ])('11.6 a constant stays constant at %i×%i', async (width, height) => {
        const constant = new Float32Array(3 * 19 * 9).fill(0.3);
        const out = await resampled({ width: 19, height: 9 }, constant, { width, height });
        const expected = new Float32Array(out.length).fill(0.3);
        expect(largestDifference(out, expected)).toBeLessThan(tolerance.resample);
      });

      it.each([48, 36, 16])('11.7 a ramp keeps its place at a width of %i', async (width) => {
        const size = { width: 24, height: 4 };
        const ramp = planes(size, (x, _y, plane) => (x + 0.5) / 24 + plane * 0);
        const out = await resampled(size, ramp, { width, height: 4 });
        const margin = Math.ceil((4 * width) / 24);
        for (let x = margin; x < width - margin; x++) {
          expect(Math.abs((out[x] as number) - (x + 0.5) / width)).toBeLessThan(0.004);
        }
      });

      it('11.8 the same size changes nothing', async () => {
        const size = { width: 15, height: 8 };
        const values = planes(size, (x, y, plane) => ((x * 7 + y * 13 + plane * 5) % 16) / 15);
        const out = await resampled(size, values, size);
        expect(largestDifference(out, values)).toBeLessThan(tolerance.resample);
      });

      it('11.9 shrinking averages what is too fine to show', async () => {
        const size = { width: 32, height: 32 };
        const board = planes(size, (x, y) => (x + y) % 2);
        const out = await resampled(size, board, { width: 13, height: 13 });
        const grey = new Float32Array(out.length).fill(0.5);
        expect(largestDifference(out, grey)).toBeLessThan(0.03);
      });
    });

    describe('blend', () => {
      it.each(blendCases)(
        'app 2.10 $share of a $targetWidth×$targetHeight picture over the plain upscale equals NumPy and Pillow',
        async ({ width, height, targetWidth, targetHeight, share, source, over, output }) => {
          const size = { width, height };
          const target = { width: targetWidth, height: targetHeight };
          const small = pictureOf(
            size,
            planes(size, (x, y) => (source[y * width + x] as number) / 255),
          );
          const other = pictureOf(
            target,
            planes(target, (x, y) => (over[y * targetWidth + x] as number) / 255),
          );
          const plain = ops.resample(small, target);
          ops.blend(plain, other, share);
          const expected = planes(target, (x, y) => output[y * targetWidth + x] as number);
          const out = await harness.readPicture(plain);
          expect(largestDifference(out, expected)).toBeLessThan(tolerance.resample);
          for (const made of [small, other, plain]) ops.releasePicture(made);
        },
      );

      it('app 2.11 a share of 0 or 1 is the one picture or the other, bit for bit', async () => {
        const size = { width: 13, height: 7 };
        const one = planes(size, (x, y, plane) => ((x * 7 + y * 13 + plane * 5) % 17) / 17);
        const other = planes(size, (x, y, plane) => ((x * 11 + y * 3 + plane * 7) % 19) / 19);
        for (const [share, expected] of [
          [0, one],
          [1, other],
        ] as const) {
          const [picture, over] = [pictureOf(size, one), pictureOf(size, other)];
          ops.blend(picture, over, share);
          expect(await harness.readPicture(picture)).toEqual(expected);
          expect(await harness.readPicture(over)).toEqual(other);
          for (const made of [picture, over]) ops.releasePicture(made);
        }
      });
    });

    describe('toSample', () => {
      it.each([
        [32, 18],
        [33, 19],
      ])(
        '11.10 a %i×%i picture becomes a frame with its colours, stamps and size',
        async (width, height) => {
          const size = { width, height };
          const at = smooth;
          const source = await load(size, at);
          const picture = ops.toPicture(source);
          const sample = await ops.toSample(picture, 1.25, 0.5);
          expect(sample.timestamp).toBe(1.25);
          expect(sample.duration).toBe(0.5);
          expect(sample.visibleRect).toMatchObject({ left: 0, top: 0, width, height });
          const rgb = await harness.readSample(sample);
          const expected = expectedRgb(size, at, 709);
          let largest = 0;
          for (let i = 0; i < width * height; i++) {
            for (let plane = 0; plane < 3; plane++) {
              const value = 255 * (expected[plane * width * height + i] as number);
              largest = Math.max(largest, Math.abs((rgb[3 * i + plane] as number) - value));
            }
          }
          // Subsampling the chroma once more flattens it a little where it is clamped at the edges.
          expect(largest).toBeLessThanOrEqual(tolerance.of255 + 3);
          sample.close();
          ops.releasePicture(picture);
          ops.releaseSource(source);
        },
      );
    });

    describe('handles', () => {
      it('14.1 every handle is counted until it is released, and releasing twice does no harm', async () => {
        const size = { width: 8, height: 8 };
        const source = await load(size, busy);
        const tile = ops.cut(source, whole(size));
        const picture = ops.toPicture(source);
        expect(ops.live()).toEqual({ sources: 1, tiles: 1, pictures: 1 });
        for (let times = 0; times < 2; times++) {
          ops.releaseTile(tile);
          ops.releasePicture(picture);
          ops.releaseSource(source);
        }
        expect(ops.live()).toEqual({ sources: 0, tiles: 0, pictures: 0 });
      });

      it('14.2 released memory is used again without mixing up what still lives', async () => {
        const size = { width: 12, height: 9 };
        const first = await load(size, smooth);
        const kept = ops.toPicture(first);
        const before = await harness.readPicture(kept);
        ops.releaseSource(first);
        for (let i = 0; i < 5; i++) {
          const source = await load(size, busy);
          const picture = ops.toPicture(source);
          ops.releasePicture(picture);
          ops.releaseSource(source);
        }
        expect(await harness.readPicture(kept)).toEqual(before);
        ops.releasePicture(kept);
      });
    });
  });
}
