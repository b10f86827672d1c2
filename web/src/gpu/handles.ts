import type { GpuBuffers } from './buffers.ts';

/** A picture on the GPU. The buffer may be longer than what it holds. */
export interface GpuPicture {
  readonly width: number;
  readonly height: number;
  readonly buffer: GPUBuffer;
}

/** Counts the pictures of one kind and lends them pooled buffers. */
export class GpuHandles {
  readonly #live = new Set<GpuPicture>();
  readonly #buffers: GpuBuffers;
  readonly #bytesPerPixel: number;

  constructor(buffers: GpuBuffers, bytesPerPixel: number) {
    this.#buffers = buffers;
    this.#bytesPerPixel = bytesPerPixel;
  }

  get live(): number {
    return this.#live.size;
  }

  /** Contents are undefined until written. */
  create(width: number, height: number): GpuPicture {
    const buffer = this.#buffers.take(width * height * this.#bytesPerPixel);
    const handle = { width, height, buffer };
    this.#live.add(handle);
    return handle;
  }

  /** Releasing twice is harmless. */
  release(handle: GpuPicture): void {
    if (this.#live.delete(handle)) this.#buffers.give(handle.buffer);
  }

  clear(): void {
    this.#live.clear();
  }
}

/** Tiles: float32 NCHW tensors [1, 3, height, width]. Frame operations and inference host share them. */
export const createGpuTiles = (buffers: GpuBuffers): GpuHandles => new GpuHandles(buffers, 12);
