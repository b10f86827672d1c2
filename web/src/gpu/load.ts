import {
  hasReadablePlanes,
  type Plane,
  readPlanes,
  type YuvPlanes,
} from '@clearreel/shared/frameops/planes';
import { withoutGuess, type YuvMatrix, yuvMatrix } from '@clearreel/shared/frameops/yuv-matrix';
import { fixedMatrix } from '@clearreel/shared/frameops/yuv-to-rgb';
import type { VideoSample } from 'mediabunny';
import type { GpuBuffers } from './buffers.ts';
import type { GpuPicture } from './handles.ts';
import { Kernel } from './kernel.ts';
import externalCode from './kernels/external-to-source.wgsl?raw';
import planesCode from './kernels/planes-to-source.wgsl?raw';
import { readBack } from './read-back.ts';
import { type BrowserUndo, browserUndo, nothing, undoParams } from './undo-browser.ts';
import { isProbeRight, probeFrame } from './undo-probe.ts';

/** The ways a sample may get to the GPU; the browser's comes first. At least one is open. */
export interface Ways {
  /** As the browser converts it, put right. */
  readonly browser: BrowserUndo | null;
  /** Its planes, converted with our own matrix. */
  readonly planes: YuvMatrix | null;
}

/**
 * Frames in the browser's memory (I420 and the like: software decoders) are uploaded as they are: the browser
 * would upload them too, but bleeds the padding of the coded picture into the last column and row. NV12 and
 * formats without a name are what hardware decoders leave on the GPU, and stay there.
 */
export function waysOf(sample: VideoSample, isUntagged = false): Ways {
  const planes = hasReadablePlanes(sample)
    ? yuvMatrix(withoutGuess(sample.colorSpace, isUntagged), sample.visibleRect.height)
    : null;
  if (planes === null) return { browser: nothing, planes };
  return { browser: sample.format === 'NV12' ? browserUndo(sample, isUntagged) : null, planes };
}

/** Brings samples to the GPU as packed RGBA (`Uint32` a pixel, R in the lowest byte). */
export class GpuLoader {
  readonly #device: GPUDevice;
  readonly #buffers: GpuBuffers;
  readonly #planes: Kernel;
  readonly #external: Kernel;
  readonly #linear: GPUSampler;
  #scratch = new Uint8Array(0);
  /** Which undoings were tried, and whether they gave the right colour. */
  readonly #known = new Map<string, boolean>();
  #loading: Promise<unknown> = Promise.resolve();

  constructor(device: GPUDevice, buffers: GpuBuffers) {
    this.#device = device;
    this.#buffers = buffers;
    this.#planes = new Kernel(device, 'planes to source', planesCode);
    this.#external = new Kernel(device, 'external to source', externalCode);
    this.#linear = device.createSampler({ magFilter: 'linear', minFilter: 'linear' });
  }

  /** Writes the visible rectangle of `sample` into `to`, which has its size. One after the other: the scratch is shared. */
  load(sample: VideoSample, isUntagged: boolean, to: GpuPicture): Promise<void> {
    const loading = this.#loading.then(() => this.#loadNow(sample, isUntagged, to));
    this.#loading = loading.catch(() => undefined);
    return loading;
  }

  async #loadNow(sample: VideoSample, isUntagged: boolean, to: GpuPicture): Promise<void> {
    const { browser, planes } = waysOf(sample, isUntagged);
    if (planes && !(browser && (await this.#putsRight(sample, browser, planes)))) {
      await this.#loadPlanes(sample, planes, to);
    } else this.#loadExternal(sample, browser ?? nothing, to);
  }

  /** Tries the undoing on a tiny frame with the sample's tags, once: not all browsers convert alike. */
  async #putsRight(sample: VideoSample, undo: BrowserUndo, right: YuvMatrix): Promise<boolean> {
    if (undo === nothing) return true;
    const { primaries, transfer, matrix, fullRange } = sample.colorSpace;
    const tags = { primaries, transfer, matrix, fullRange };
    const key = JSON.stringify([tags, right]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const buffer = this.#buffers.take(16);
    this.#convert(probeFrame(tags), undo, { width: 2, height: 2, buffer });
    const [pixel = 0] = new Uint32Array(await readBack(this.#device, buffer, 4));
    this.#buffers.give(buffer);
    const isRight = isProbeRight(pixel, right);
    this.#known.set(key, isRight);
    return isRight;
  }

  async #loadPlanes(sample: VideoSample, matrix: YuvMatrix, to: GpuPicture): Promise<void> {
    const planes = await readPlanes(sample, (bytes) => {
      if (this.#scratch.length < bytes) this.#scratch = new Uint8Array(Math.ceil(bytes / 4) * 4);
      return this.#scratch;
    });
    const bytes = inOnePiece(planes);
    const buffer = this.#buffers.take(bytes.length);
    const whole = bytes.length & ~3;
    this.#device.queue.writeBuffer(buffer, 0, bytes, 0, whole);
    if (whole < bytes.length) {
      const rest = new Uint8Array(4);
      rest.set(bytes.subarray(whole));
      this.#device.queue.writeBuffer(buffer, whole, rest);
    }
    const { width, height, subX, subY, y, u, v } = planes;
    const fixed = fixedMatrix(matrix);
    const shape = [width, height, subX - 1, subY - 1];
    const layout = [y.offset, y.stride, u.offset, v.offset, u.stride, u.step];
    const factors = [fixed.redFromV, fixed.greenFromU, fixed.greenFromV, fixed.blueFromU];
    this.#planes.run(
      [...shape, ...layout, fixed.yZero, fixed.ySlope, ...factors],
      [{ buffer }, { buffer: to.buffer }],
      width,
      height,
    );
    this.#buffers.give(buffer);
  }

  #loadExternal(sample: VideoSample, undo: BrowserUndo, to: GpuPicture): void {
    const { width, height } = to;
    const decoded = sample.toVideoFrame();
    // An external texture has the display size: without this, pixels that are not square are resampled.
    const frame = new VideoFrame(decoded, { displayWidth: width, displayHeight: height });
    decoded.close();
    this.#convert(frame, undo, to);
  }

  /** Closes `frame`. */
  #convert(frame: VideoFrame, undo: BrowserUndo, { width, height, buffer }: GpuPicture): void {
    try {
      const texture = this.#device.importExternalTexture({ source: frame, colorSpace: 'srgb' });
      const params = [width, height, ...undoParams(undo)];
      this.#external.run(params, [texture, this.#linear, { buffer }], width, height);
    } finally {
      frame.close();
    }
  }

  dispose(): void {
    this.#planes.dispose();
    this.#external.dispose();
  }
}

/** The bytes that all planes lie in; only Node's decoders spread a picture over several arrays. */
function inOnePiece({ y, u, v }: YuvPlanes): Uint8Array<ArrayBuffer> {
  const sameArray = (plane: Plane) => plane.data === y.data;
  if (!sameArray(u) || !sameArray(v) || !(y.data.buffer instanceof ArrayBuffer)) {
    throw new TypeError('the planes of a frame are not in one buffer');
  }
  return y.data as Uint8Array<ArrayBuffer>;
}
