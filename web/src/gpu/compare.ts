import type { Rect } from '@clearreel/shared/tiles/rect';
import { GpuBuffers } from './buffers.ts';
import type { GpuPicture } from './handles.ts';
import { Kernel } from './kernel.ts';
import compareCode from './kernels/compare.wgsl?raw';

/** Compares sources on the GPU; only one flag a rectangle comes back. */
export class GpuComparer {
  readonly #device: GPUDevice;
  readonly #buffers: GpuBuffers;
  readonly #readable: GpuBuffers;
  readonly #kernel: Kernel;

  constructor(device: GPUDevice, buffers: GpuBuffers) {
    this.#device = device;
    this.#buffers = buffers;
    this.#readable = new GpuBuffers(device, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    this.#kernel = new Kernel(device, 'compare', compareCode);
  }

  async compare(a: GpuPicture, b: GpuPicture, rects: readonly Rect[]): Promise<Uint8Array> {
    const count = rects.length;
    if (count === 0) return new Uint8Array(0);
    const rectBuffer = this.#buffers.take(16 * count);
    const flags = this.#buffers.take(4 * count);
    const answer = this.#readable.take(4 * count);
    const { queue } = this.#device;
    queue.writeBuffer(
      rectBuffer,
      0,
      Uint32Array.from(rects.flatMap(({ x, y, width, height }) => [x, y, width, height])),
    );
    queue.writeBuffer(flags, 0, new Uint32Array(count));
    this.#kernel.run(
      [a.width],
      [a, b, { buffer: rectBuffer }, { buffer: flags }].map(({ buffer }) => ({ buffer })),
      Math.max(...rects.map(({ width }) => width)),
      Math.max(...rects.map(({ height }) => height)),
      count,
    );
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(flags, 0, answer, 0, 4 * count);
    queue.submit([encoder.finish()]);
    this.#buffers.give(rectBuffer);
    this.#buffers.give(flags);
    await answer.mapAsync(GPUMapMode.READ, 0, 4 * count);
    const result = Uint8Array.from(new Uint32Array(answer.getMappedRange(0, 4 * count)));
    answer.unmap();
    this.#readable.give(answer);
    return result;
  }

  dispose(): void {
    this.#readable.dispose();
    this.#kernel.dispose();
  }
}
