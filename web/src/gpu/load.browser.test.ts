import {
  bt601,
  bt709,
  busy,
  cube,
  makeSample,
  mild,
  type SampleColour,
  smooth,
  type Yuv,
} from '@clearreel/shared/frameops/contract.samples';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import { VideoSample } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Gpu, openGpu } from './device.ts';
import { GpuFrameOps } from './frame-ops.ts';
import { waysOf } from './load.ts';
import { readBuffer } from './read-back.testing.ts';
import { nothing } from './undo-browser.ts';

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

/** As a decoder gives it: the browser's own, whose planes only `copyTo` reads. */
function nv12(at: (x: number, y: number) => Yuv, colour: SampleColour): VideoSample {
  const made = makeSample({ width: 24, height: 14 }, at, { format: 'NV12', colour });
  const frame = made.toVideoFrame();
  made.close();
  return new VideoSample(frame);
}

const ebu = { ...bt601, primaries: 'bt470bg' } as const;
const mostMoved = { smooth: 1, busy: 1, mild: 1, cube: 1 };

/** What the browser's wrong matrix clips is lost where it converts to 8 bits: colours at the edges of the cube. */
const mostGuessed = { smooth: 3, busy: 6, mild: 1, cube: 19 };

const movedOrGuessed = [
  {
    what: 'with SMPTE-C primaries',
    ...{ colour: bt601, isUntagged: false, mostOf255: mostMoved },
  },
  {
    what: 'with EBU primaries',
    ...{ colour: ebu, isUntagged: false, mostOf255: mostMoved },
  },
  {
    what: 'with EBU primaries, full range,',
    ...{ colour: { ...ebu, fullRange: true }, isUntagged: false, mostOf255: mostMoved },
  },
  {
    what: 'that the decoder took for BT.709',
    ...{ colour: bt709, isUntagged: true, mostOf255: mostGuessed },
  },
  {
    what: 'that the decoder took for BT.709, full range,',
    ...{ colour: { ...bt709, fullRange: true }, isUntagged: true, mostOf255: mostGuessed },
  },
];

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
  async function loadBoth(sample: VideoSample, isUntagged = false, onGpuOps = gpuOps) {
    const onGpu = await onGpuOps.load(sample, isUntagged);
    const onCpu = await cpuOps.load(sample, isUntagged);
    sample.close();
    const [gpuPicture, cpuPicture] = [onGpuOps.toPicture(onGpu), cpuOps.toPicture(onCpu)];
    const gpuPlanes = await readBuffer(gpu.device, gpuPicture);
    const cpuPlanes = cpuPicture.rgb.slice();
    onGpuOps.releaseSource(onGpu);
    onGpuOps.releasePicture(gpuPicture);
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
    expect(waysOf(sample).browser).toBe(nothing);
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
    for (const [format, mostOf255] of [
      ['I420', 0],
      ['NV12', 1],
    ] as const) {
      const sample = makeSample({ width: 24, height: 14 }, busy, { format, colour: bt601 });
      expect((await loadBoth(sample)).errorOf255).toBeLessThanOrEqual(mostOf255);
    }
  });

  it.each(movedOrGuessed)(
    '6.14 NV12 $what stays on the GPU and comes out right',
    async ({ colour, isUntagged, mostOf255 }) => {
      const copies = [VideoFrame.prototype, VideoSample.prototype].map((prototype) =>
        vi.spyOn(prototype, 'copyTo'),
      );
      for (const [kind, at] of Object.entries({ smooth, busy, mild, cube })) {
        const sample = nv12(at, colour);
        gpuOps.releaseSource(await gpuOps.load(sample, isUntagged));
        for (const copy of copies) expect(copy).not.toHaveBeenCalled();
        const { errorOf255 } = await loadBoth(sample, isUntagged);
        for (const copy of copies) copy.mockClear();
        expect(errorOf255, kind).toBeLessThan(mostOf255[kind as keyof typeof mostOf255] + 0.01);
      }
      for (const copy of copies) copy.mockRestore();
    },
  );

  it('6.15 where the browser converts in another way, NV12 frames keep their colours too', async () => {
    const importRight = gpu.device.importExternalTexture.bind(gpu.device);
    const fault = vi
      .spyOn(gpu.device, 'importExternalTexture')
      .mockImplementation(({ source }) => importRight({ source, colorSpace: 'display-p3' }));
    const fresh = new GpuFrameOps(gpu);
    try {
      for (const { colour, isUntagged } of movedOrGuessed) {
        const { errorOf255 } = await loadBoth(nv12(cube, colour), isUntagged, fresh);
        expect(errorOf255).toBe(0);
      }
    } finally {
      fault.mockRestore();
      fresh.dispose();
    }
  });

  it('6.16 NV12 with a tag that only the browser can read is converted by us', () => {
    const sample = new VideoSample(new Uint8Array(6), {
      ...{ format: 'NV12', codedWidth: 2, codedHeight: 2, timestamp: 0 },
      colorSpace: { ...bt601, transfer: null },
    });
    expect(waysOf(sample).browser).toBeNull();
    sample.close();
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
