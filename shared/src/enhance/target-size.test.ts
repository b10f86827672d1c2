import { VideoSample } from 'mediabunny';
import { expect, test, vi } from 'vitest';
import { type FloatTile, TypedArrayFrameOps } from '../frameops/typed-array.ts';
import type { LoadedModel } from '../inference/contract.ts';
import { Enhancer } from './enhancer.ts';

const source = { width: 32, height: 16 };

function doubling(ops: TypedArrayFrameOps): LoadedModel<FloatTile> {
  const model: Pick<LoadedModel<FloatTile>, 'run' | 'entry'> = {
    entry: { scale: 2, receptiveField: 2, multipleOf: 2 } as LoadedModel<FloatTile>['entry'],
    run: async (tile) => ops.tiles.create(tile.width * 2, tile.height * 2),
  };
  return model as LoadedModel<FloatTile>;
}

async function resamplesFor(outputSize: { width: number; height: number }) {
  const ops = new TypedArrayFrameOps();
  const resample = vi.spyOn(ops, 'resample');
  const model = doubling(ops);
  const enhancer = new Enhancer({ ops, model, outputSize, maxTilePixels: 4096, reuse: false });
  const sample = new VideoSample(new Uint8Array(source.width * source.height * 1.5), {
    ...{ format: 'I420', codedWidth: source.width, codedHeight: source.height, timestamp: 0 },
  });
  const result = await enhancer.enhance({ timestampSeconds: 0, durationSeconds: 1, sample });
  const size = { width: result.codedWidth, height: result.codedHeight };
  result.close();
  enhancer.reset();
  return { size, calls: resample.mock.calls.map(([picture, to]) => ({ from: picture.width, to })) };
}

test.each([1, 3, 4, 2.5])(
  '11.7 ×%d is the factor of the model first, then one Lanczos resample',
  async (factor) => {
    const wanted = { width: source.width * factor, height: source.height * factor };
    const { size, calls } = await resamplesFor(wanted);
    expect(size).toEqual(wanted);
    expect(calls).toEqual([{ from: source.width * 2, to: wanted }]);
  },
);

test('11.8 the factor of the model itself needs no resample', async () => {
  expect((await resamplesFor({ width: 64, height: 32 })).calls).toEqual([]);
});
