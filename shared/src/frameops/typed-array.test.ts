import { describeFrameOps } from './contract.suite.ts';
import { TypedArrayFrameOps } from './typed-array.ts';

describeFrameOps(
  'typed arrays',
  async () => {
    const ops = new TypedArrayFrameOps();
    return {
      ops,
      makeTile: ({ width, height }, values) => ops.tiles.adopt(width, height, values),
      readTile: async (tile) => tile.data.slice(),
      readPicture: async (picture) => picture.rgb.slice(),
      readSample: async (sample) => {
        const { rgba } = await new TypedArrayFrameOps().load(sample);
        const channel = (i: number) => ((rgba[Math.floor(i / 3)] as number) >> (8 * (i % 3))) & 255;
        return Uint8Array.from({ length: 3 * rgba.length }, (_, i) => channel(i));
      },
    };
  },
  { of255: 1, resample: 2e-5 },
);
