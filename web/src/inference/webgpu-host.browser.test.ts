import { busy, makeSample } from '@clearreel/shared/frameops/contract.samples';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gpu, openGpu } from '../gpu/device.ts';
import { GpuFrameOps } from '../gpu/frame-ops.ts';
import { readBuffer } from '../gpu/read-back.testing.ts';
import { findModel, models } from './catalogue.ts';
import { WasmInferenceHost } from './wasm-host.ts';
import { WebGpuInferenceHost } from './webgpu-host.ts';

const largestDifference = (a: Float32Array, b: Float32Array) => {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
};

describe('WebGPU inference', () => {
  let gpu: Gpu;
  let ops: GpuFrameOps;
  beforeAll(async () => {
    gpu = await openGpu();
    ops = new GpuFrameOps(gpu);
  });
  afterAll(() => {
    ops.dispose();
    gpu.dispose();
  });

  it.each(models.map(({ id }) => id))(
    '5.1 %s: every operator runs on the GPU provider',
    async (id) => {
      const host = new WebGpuInferenceHost({ gpu, tiles: ops.tiles, wholeModelOnGpu: true });
      const model = await host.load(findModel(id));
      const tile = ops.tiles.create(12, 8);
      gpu.device.queue.writeBuffer(tile.buffer, 0, new Float32Array(3 * 12 * 8).fill(0.5));
      const result = await model.run(tile);
      expect([result.width, result.height]).toEqual([12, 8].map((n) => n * model.entry.scale));
      const values = await readBuffer(gpu.device, result);
      expect(values.every((value) => value > 0.2 && value < 0.8)).toBe(true);
      ops.releaseTile(tile);
      ops.releaseTile(result);
      await host.dispose();
      expect(ops.live().tiles).toBe(0);
    },
  );

  it('6.13 a model whose fp16 variant the device refuses runs in fp32', async () => {
    expect(gpu.hasFloat16).toBe(false);
    const promising: Gpu = Object.assign(Object.create(gpu), { hasFloat16: true });
    const host = new WebGpuInferenceHost({ gpu: promising, tiles: ops.tiles });
    const model = await host.load(findModel('anime4k-s-x2'));
    expect(model.precision).toBe('fp32');
    await host.dispose();
  });

  it.each(['reel-x2', 'anime4k-s-x2'])(
    '6.6 %s: a frame enhanced on the GPU equals the same frame enhanced on the CPU within 2/255',
    async (id) => {
      const size = { width: 31, height: 17 };
      const rect = { x: 0, y: 0, ...size };
      const cpuOps = new TypedArrayFrameOps();
      const cpuHost = new WasmInferenceHost({ tiles: cpuOps.tiles });
      const gpuHost = new WebGpuInferenceHost({ gpu, tiles: ops.tiles });
      const cpuModel = await cpuHost.load(findModel(id));
      const gpuModel = await gpuHost.load(findModel(id));

      const sample = makeSample(size, busy);
      const cpuSource = await cpuOps.load(sample);
      const gpuSource = await ops.load(sample);
      sample.close();
      const cpuTile = cpuOps.cut(cpuSource, rect);
      const gpuTile = ops.cut(gpuSource, rect);
      expect(await readBuffer(gpu.device, gpuTile)).toEqual(cpuTile.data);

      const cpuResult = await cpuModel.run(cpuTile);
      const gpuResult = await gpuModel.run(gpuTile);
      const values = await readBuffer(gpu.device, gpuResult);
      expect(255 * largestDifference(values, cpuResult.data)).toBeLessThanOrEqual(2);

      for (const tile of [gpuTile, gpuResult]) ops.releaseTile(tile);
      ops.releaseSource(gpuSource);
      expect(ops.live()).toEqual({ sources: 0, tiles: 0, pictures: 0 });
      await cpuHost.dispose();
      await gpuHost.dispose();
      cpuOps.dispose();
    },
  );
});
