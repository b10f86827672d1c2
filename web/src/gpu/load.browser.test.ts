import { busy, makeSample, smooth, type Yuv } from '@clearreel/shared/frameops/contract.samples';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import { VideoSample } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gpu, openGpu } from './device.ts';
import { GpuFrameOps } from './frame-ops.ts';
import { ownMatrix } from './load.ts';
import { readBuffer } from './read-back.testing.ts';

/** A frame whose visible part shows `at` and whose padding is loud pink, as after decoders that round sizes up. */
function paddedFrame(
  format: 'I420' | 'NV12',
  visible: DOMRectInit,
  at: (x: number, y: number) => Yuv,
) {
  const [codedWidth, codedHeight] = [48, 32];
  const { x: left = 0, y: top = 0, width = 0, height = 0 } = visible;
  const inside = (x: number, y: number): Yuv =>
    x >= left && y >= top && x < left + width && y < top + height
      ? at(x - left, y - top)
      : [128, 250, 250];
  const padded = makeSample({ width: codedWidth, height: codedHeight }, inside, { format });
  const whole = padded.toVideoFrame();
  padded.close();
  const frame = new VideoFrame(whole, { visibleRect: visible });
  whole.close();
  return new VideoSample(frame);
}

describe('loading frames', () => {
  let gpu: Gpu;
  let gpuOps: GpuFrameOps;
  const cpuOps = new TypedArrayFrameOps();
  beforeAll(async () => {
    gpu = await openGpu();
    gpuOps = new GpuFrameOps(gpu);
  });
  afterAll(() => {
    gpuOps.dispose();
    gpu.dispose();
    cpuOps.dispose();
  });

  /** What both load, as planes; closes the sample. */
  async function loadBoth(sample: VideoSample) {
    const [onGpu, onCpu] = [await gpuOps.load(sample), await cpuOps.load(sample)];
    sample.close();
    const [gpuPicture, cpuPicture] = [gpuOps.toPicture(onGpu), cpuOps.toPicture(onCpu)];
    const gpuPlanes = await readBuffer(gpu.device, gpuPicture);
    const cpuPlanes = cpuPicture.rgb.slice();
    gpuOps.releaseSource(onGpu);
    gpuOps.releasePicture(gpuPicture);
    cpuOps.releaseSource(onCpu);
    cpuOps.releasePicture(cpuPicture);
    const error = gpuPlanes.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (cpuPlanes[i] as number))),
      0,
    );
    return { gpuPlanes, cpuPlanes, errorOf255: 255 * error };
  }

  it.each([
    [32, 18],
    [33, 19],
  ])(
    '6.7 a %i×%i frame in memory is loaded alike on GPU and CPU, bit for bit',
    async (width, height) => {
      const { gpuPlanes, cpuPlanes } = await loadBoth(makeSample({ width, height }, busy));
      expect(gpuPlanes).toEqual(cpuPlanes);
    },
  );

  it('6.8 a frame that the browser converts differs by at most 1/255 from our own conversion', async () => {
    const sample = makeSample({ width: 32, height: 18 }, busy, { format: 'NV12' });
    expect(ownMatrix(sample)).toBeNull();
    expect((await loadBoth(sample)).errorOf255).toBeLessThanOrEqual(1);
  });

  it.each([
    ['I420', { x: 4, y: 2, width: 33, height: 19 }],
    ['I420', { x: 0, y: 0, width: 40, height: 30 }],
  ] as const)(
    '11.11 only the visible rectangle counts, and its padding does not bleed in (%s)',
    async (format, rect) => {
      const { gpuPlanes, cpuPlanes } = await loadBoth(paddedFrame(format, rect, smooth));
      const alone = await loadBoth(makeSample({ width: rect.width, height: rect.height }, smooth));
      expect(cpuPlanes).toEqual(alone.cpuPlanes);
      expect(gpuPlanes).toEqual(alone.cpuPlanes);
    },
  );

  it('11.12 frames with SMPTE-C primaries keep their colours, whoever decoded them', async () => {
    const colour = {
      primaries: 'smpte170m',
      transfer: 'smpte170m',
      matrix: 'smpte170m',
      fullRange: false,
    } as const;
    for (const format of ['I420', 'NV12'] as const) {
      const sample = makeSample({ width: 24, height: 14 }, busy, { format, colour });
      expect((await loadBoth(sample)).errorOf255).toBe(0);
    }
  });

  it('11.13 RGB frames are taken as they are', async () => {
    const [width, height] = [19, 11];
    const pixels = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
      i % 4 === 3 ? 255 : (i * 37) % 256,
    );
    const init = { format: 'RGBA', codedWidth: width, codedHeight: height, timestamp: 0 } as const;
    const { gpuPlanes, errorOf255 } = await loadBoth(new VideoSample(pixels, init));
    expect(errorOf255).toBeLessThanOrEqual(1);
    expect(255 * (gpuPlanes[5] as number)).toBeCloseTo(pixels[20] as number, 3);
  });

  it('14.3 a long run of frames needs no more buffers than its first', async () => {
    const size = { width: 30, height: 16 };
    const frame = async () => {
      const sample = makeSample(size, busy);
      const source = await gpuOps.load(sample);
      sample.close();
      const tile = gpuOps.cut(source, { x: 3, y: 2, width: 20, height: 12 });
      const picture = gpuOps.toPicture(source);
      gpuOps.paste(tile, { x: 0, y: 0, width: 20, height: 12 }, picture, 3, 2);
      const smaller = gpuOps.resample(picture, { width: 20, height: 10 });
      await gpuOps.compare(source, source, [{ x: 0, y: 0, ...size }]);
      (await gpuOps.toSample(smaller, 0, 1)).close();
      gpuOps.releaseTile(tile);
      gpuOps.releaseSource(source);
      for (const made of [picture, smaller]) gpuOps.releasePicture(made);
    };
    await frame();
    const before = gpuOps.bufferCount;
    for (let i = 0; i < 20; i++) await frame();
    expect(gpuOps.bufferCount).toBe(before);
    expect(gpuOps.live()).toEqual({ sources: 0, tiles: 0, pictures: 0 });
  });
});
