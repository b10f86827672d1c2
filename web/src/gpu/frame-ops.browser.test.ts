import { describeFrameOps } from '@clearreel/shared/frameops/contract.suite';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import { openGpu } from './device.ts';
import { GpuFrameOps } from './frame-ops.ts';
import { readBuffer, readRgb } from './read-back.testing.ts';

describeFrameOps(
  'WebGPU',
  async () => {
    const gpu = await openGpu();
    const ops = new GpuFrameOps(gpu);
    return {
      ops,
      makeTile: ({ width, height }, values) => {
        const tile = ops.tiles.create(width, height);
        gpu.device.queue.writeBuffer(tile.buffer, 0, values as Float32Array<ArrayBuffer>);
        return tile;
      },
      readTile: (tile) => readBuffer(gpu.device, tile),
      readPicture: (picture) => readBuffer(gpu.device, picture),
      readSample: readRgb,
    };
  },
  { of255: 1, resample: 2e-5 },
);

describeFrameOps(
  'typed arrays in a browser',
  async () => {
    const ops = new TypedArrayFrameOps();
    return {
      ops,
      makeTile: ({ width, height }, values) => ops.tiles.adopt(width, height, values),
      readTile: async (tile) => tile.data.slice(),
      readPicture: async (picture) => picture.rgb.slice(),
      readSample: readRgb,
    };
  },
  { of255: 1, resample: 2e-5 },
);
