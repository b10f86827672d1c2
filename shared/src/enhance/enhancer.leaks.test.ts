import { VideoSample } from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { type FloatTile, TypedArrayFrameOps } from '../frameops/typed-array.ts';
import type { LoadedModel } from '../inference/contract.ts';
import type { SourceFrame } from '../media/source.ts';
import { Enhancer } from './enhancer.ts';

const [width, height] = [32, 16];

/** A grey frame; two with the same brightness are identical. */
function frameOf(position: number, brightness: number): SourceFrame {
  const data = new Uint8Array(width * height * 1.5).fill(128);
  data.fill(brightness, 0, width * height);
  const sample = new VideoSample(data, {
    ...{ format: 'I420', codedWidth: width, codedHeight: height, timestamp: position },
  });
  return { timestampSeconds: position, durationSeconds: 1, sample };
}

/** Doubles the size by repeating pixels; gives up at its `failsAt`-th tile. */
function doubling(ops: TypedArrayFrameOps, failsAt = Number.POSITIVE_INFINITY) {
  let runs = 0;
  const model: Pick<LoadedModel<FloatTile>, 'run' | 'entry'> = {
    entry: { scale: 2, receptiveField: 2, multipleOf: 2 } as LoadedModel<FloatTile>['entry'],
    async run(tile) {
      if (++runs >= failsAt) throw new Error('the model fell over');
      const output = ops.tiles.create(tile.width * 2, tile.height * 2);
      output.data.fill(tile.data[0] ?? 0);
      return output;
    },
  };
  return model as LoadedModel<FloatTile>;
}

function open(failsAt?: number, outputSize = { width: 64, height: 32 }) {
  const ops = new TypedArrayFrameOps();
  const model = doubling(ops, failsAt);
  const enhancer = new Enhancer({ ops, model, outputSize, maxTilePixels: 256, reuse: true });
  return { ops, enhancer };
}

const nothing = { sources: 0, tiles: 0, pictures: 0 };

describe('14. what the enhancer takes', () => {
  it('14.40 over 300 frames is one source and one picture at a time, and nothing after the end', async () => {
    const { ops, enhancer } = open();
    for (let position = 0; position < 300; position++) {
      const frame = frameOf(position, 20 + Math.floor(position / 3));
      (await enhancer.enhance(frame)).close();
      expect(ops.live()).toEqual({ sources: 1, tiles: 0, pictures: 1 });
    }
    expect(enhancer.stats).toMatchObject({ frames: 300, reusedFrames: 200 });
    enhancer.reset();
    expect(ops.live()).toEqual(nothing);
  });

  it('14.41 is given back when the result is resampled too', async () => {
    const { ops, enhancer } = open(undefined, { width: 48, height: 24 });
    for (const position of [0, 1, 2]) (await enhancer.enhance(frameOf(position, position))).close();
    enhancer.reset();
    expect(ops.live()).toEqual(nothing);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    '14.42 is given back when the model fails at its tile %i',
    async (tile) => {
      const { ops, enhancer } = open(tile);
      const frames = [frameOf(0, 10), frameOf(1, 200)];
      const outcomes = [];
      for (const frame of frames) {
        outcomes.push(
          await enhancer.enhance(frame).then(
            (sample) => sample.close(),
            (error: Error) => error.message,
          ),
        );
      }
      expect(outcomes).toContain('the model fell over');
      enhancer.reset();
      expect(ops.live()).toEqual(nothing);
    },
  );

  it.each(['compare', 'createPicture', 'toSample', 'load'] as const)(
    '14.43 is given back when %s fails',
    async (operation) => {
      const { ops, enhancer } = open();
      if (operation === 'compare') (await enhancer.enhance(frameOf(0, 10))).close();
      ops[operation] = () => {
        throw new Error('out of memory');
      };
      await expect(enhancer.enhance(frameOf(1, 20))).rejects.toThrow('out of memory');
      enhancer.reset();
      expect(ops.live()).toEqual(nothing);
    },
  );

  it('14.44 is given back when the size changes in the middle', async () => {
    const { ops, enhancer } = open();
    (await enhancer.enhance(frameOf(0, 10))).close();
    const small = new VideoSample(new Uint8Array(16 * 8 * 1.5).fill(90), {
      ...{ format: 'I420', codedWidth: 16, codedHeight: 8, timestamp: 1 },
    });
    const frame = { timestampSeconds: 1, durationSeconds: 1, sample: small };
    const sample = await enhancer.enhance(frame);
    expect([sample.codedWidth, sample.codedHeight]).toEqual([64, 32]);
    sample.close();
    enhancer.reset();
    expect(ops.live()).toEqual(nothing);
  });
});
