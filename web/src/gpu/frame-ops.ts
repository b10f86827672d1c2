import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { FrameOps, Size } from '@clearreel/shared/frameops/contract';
import type { Rect } from '@clearreel/shared/tiles/rect';
import { VideoSample } from 'mediabunny';
import { GpuBuffers } from './buffers.ts';
import { GpuComparer } from './compare.ts';
import type { Gpu } from './device.ts';
import { GpuDrawer } from './draw.ts';
import { createGpuTiles, GpuHandles, type GpuPicture } from './handles.ts';
import { Kernel } from './kernel.ts';
import blendCode from './kernels/blend.wgsl?raw';
import pasteCode from './kernels/paste.wgsl?raw';
import unpackCode from './kernels/unpack.wgsl?raw';
import { GpuLoader } from './load.ts';
import { GpuResampler } from './resample.ts';

/** A float among a kernel's 32-bit integers. */
const bitsOf = (value: number) => new Int32Array(Float32Array.of(value).buffer)[0] as number;

const micros = (seconds: number) => Math.round(seconds * 1e6);

/**
 * Frame operations in WGSL. Sources are packed 8-bit RGBA, tiles and pictures planar float32, all in GPU buffers;
 * only the flags of `compare` come back. Errors that the GPU reports late are thrown by the next `load`,
 * `compare` or `toSample`.
 *
 * Operations throw ClearReelError PROVIDER_MISSING when a picture is too large for the device.
 */
export class GpuFrameOps implements FrameOps<GpuPicture, GpuPicture, GpuPicture> {
  /** Shared with the inference host, which makes the models' output tiles. */
  readonly tiles: GpuHandles;
  readonly #gpu: Gpu;
  readonly #buffers: GpuBuffers;
  readonly #sources: GpuHandles;
  readonly #pictures: GpuHandles;
  readonly #loader: GpuLoader;
  readonly #comparer: GpuComparer;
  readonly #resampler: GpuResampler;
  readonly #drawer: GpuDrawer;
  readonly #unpack: Kernel;
  readonly #paste: Kernel;
  readonly #blend: Kernel;
  readonly #levels: GPUBuffer;

  /** Does not take over `gpu`: whoever opened it disposes of it. */
  constructor(gpu: Gpu) {
    const { device } = gpu;
    this.#gpu = gpu;
    this.#buffers = new GpuBuffers(device);
    this.tiles = createGpuTiles(this.#buffers);
    this.#sources = new GpuHandles(this.#buffers, 4);
    this.#pictures = new GpuHandles(this.#buffers, 12);
    this.#loader = new GpuLoader(device, this.#buffers);
    this.#comparer = new GpuComparer(device, this.#buffers);
    this.#resampler = new GpuResampler(device, this.#buffers);
    this.#drawer = new GpuDrawer(device);
    this.#unpack = new Kernel(device, 'unpack', unpackCode);
    this.#paste = new Kernel(device, 'paste', pasteCode);
    this.#blend = new Kernel(device, 'blend', blendCode);
    const levels = Float32Array.from({ length: 256 }, (_, value) => value / 255);
    this.#levels = this.#buffers.take(levels.byteLength);
    device.queue.writeBuffer(this.#levels, 0, levels);
  }

  /** Buffers that exist, in use or spare. */
  get bufferCount(): number {
    return this.#buffers.count;
  }

  async load(sample: VideoSample, isUntagged = false): Promise<GpuPicture> {
    this.#gpu.check();
    const { width, height } = sample.visibleRect;
    const source = this.#sources.create(width, height);
    try {
      await this.#loader.load(sample, isUntagged, source);
      return source;
    } catch (error) {
      this.#sources.release(source);
      throw asClearReelError(error, 'INFERENCE_FAILED');
    }
  }

  sizeOf({ width, height }: GpuPicture): Size {
    return { width, height };
  }

  async compare(a: GpuPicture, b: GpuPicture, rects: readonly Rect[]): Promise<Uint8Array> {
    const flags = await this.#comparer.compare(a, b, rects).catch((error: unknown) => {
      this.#gpu.check();
      throw asClearReelError(error, 'INFERENCE_FAILED');
    });
    this.#gpu.check();
    return flags;
  }

  cut(source: GpuPicture, rect: Rect): GpuPicture {
    const tile = this.tiles.create(rect.width, rect.height);
    this.#unpackTo(tile, source, rect);
    return tile;
  }

  createPicture({ width, height }: Size): GpuPicture {
    return this.#pictures.create(width, height);
  }

  paste(tile: GpuPicture, from: Rect, picture: GpuPicture, x: number, y: number): void {
    const { width, height } = from;
    this.#paste.run(
      [tile.width, tile.height, from.x, from.y, width, height, picture.width, picture.height, x, y],
      [{ buffer: tile.buffer }, { buffer: picture.buffer }],
      width,
      height,
      3,
    );
  }

  crop(picture: GpuPicture, rect: Rect): GpuPicture {
    const part = this.createPicture(rect);
    this.paste(picture, rect, part, 0, 0);
    return part;
  }

  toPicture(source: GpuPicture): GpuPicture {
    const { width, height } = source;
    const picture = this.#pictures.create(width, height);
    this.#unpackTo(picture, source, { x: 0, y: 0, width, height });
    return picture;
  }

  resample(picture: GpuPicture, size: Size): GpuPicture {
    const result = this.#pictures.create(size.width, size.height);
    this.#resampler.resample(picture, result);
    return result;
  }

  blend(picture: GpuPicture, over: GpuPicture, share: number): void {
    const { width, height } = picture;
    this.#blend.run(
      [width, height, bitsOf(share)],
      [{ buffer: over.buffer }, { buffer: picture.buffer }],
      width,
      height,
      3,
    );
  }

  async toSample(
    picture: GpuPicture,
    timestampSeconds: number,
    durationSeconds: number,
  ): Promise<VideoSample> {
    this.#gpu.check();
    const frame = this.#drawer.draw(picture, micros(timestampSeconds), micros(durationSeconds));
    return new VideoSample(frame, { timestamp: timestampSeconds, duration: durationSeconds });
  }

  releaseSource(source: GpuPicture): void {
    this.#sources.release(source);
  }

  releaseTile(tile: GpuPicture): void {
    this.tiles.release(tile);
  }

  releasePicture(picture: GpuPicture): void {
    this.#pictures.release(picture);
  }

  live(): { sources: number; tiles: number; pictures: number } {
    return {
      sources: this.#sources.live,
      tiles: this.tiles.live,
      pictures: this.#pictures.live,
    };
  }

  dispose(): void {
    for (const handles of [this.#sources, this.tiles, this.#pictures]) handles.clear();
    const parts = [this.#loader, this.#comparer, this.#resampler, this.#drawer];
    const kernels = [this.#unpack, this.#paste, this.#blend];
    for (const part of [...parts, ...kernels, this.#buffers]) part.dispose();
  }

  #unpackTo(to: GpuPicture, source: GpuPicture, rect: Rect): void {
    this.#unpack.run(
      [source.width, rect.x, rect.y, rect.width, rect.height],
      [source.buffer, this.#levels, to.buffer].map((buffer) => ({ buffer })),
      rect.width,
      rect.height,
    );
  }
}
