import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';

/**
 * GPU buffers that are used again. A buffer that was given back may be taken at once: the queue runs in order,
 * so what was submitted before still sees the old contents.
 */
export class GpuBuffers {
  readonly #device: GPUDevice;
  readonly #usage: GPUBufferUsageFlags;
  readonly #keep: number;
  readonly #spare = new Map<number, GPUBuffer[]>();
  readonly #all = new Set<GPUBuffer>();

  constructor(device: GPUDevice, usage?: GPUBufferUsageFlags, keep = 4) {
    this.#device = device;
    this.#usage =
      usage ?? GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.#keep = keep;
  }

  /** Buffers that exist, in use or spare. */
  get count(): number {
    return this.#all.size;
  }

  /**
   * A buffer of at least `bytes`, with undefined contents.
   *
   * @throws ClearReelError PROVIDER_MISSING when the device allows no such buffer
   */
  take(bytes: number): GPUBuffer {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits;
    const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    if (size > limit) {
      const reason = because('GPU_BUFFER_SMALL', { neededBytes: size, allowedBytes: limit });
      throw new ClearReelError('PROVIDER_MISSING', { provider: 'WebGPU', reason });
    }
    const spare = this.#spare.get(size)?.pop();
    if (spare) return spare;
    const buffer = this.#device.createBuffer({ size, usage: this.#usage });
    this.#all.add(buffer);
    return buffer;
  }

  give(buffer: GPUBuffer): void {
    if (!this.#all.has(buffer)) return;
    const spare = this.#spare.get(buffer.size) ?? [];
    if (spare.length < this.#keep) {
      spare.push(buffer);
      this.#spare.set(buffer.size, spare);
    } else {
      this.#all.delete(buffer);
      buffer.destroy();
    }
  }

  dispose(): void {
    for (const buffer of this.#all) buffer.destroy();
    this.#all.clear();
    this.#spare.clear();
  }
}
