import { lanczosWeights } from '@clearreel/shared/frameops/lanczos';
import type { GpuBuffers } from './buffers.ts';
import type { GpuPicture } from './handles.ts';
import { Kernel } from './kernel.ts';
import resampleCode from './kernels/resample.wgsl?raw';

/** A job has one source and one target size, so few are ever needed at once. */
const maxAxes = 8;

interface AxisBuffers {
  readonly taps: number;
  readonly starts: GPUBuffer;
  readonly weights: GPUBuffer;
}

/** Separable Lanczos on the GPU: along the rows first, then down the columns. */
export class GpuResampler {
  readonly #device: GPUDevice;
  readonly #buffers: GpuBuffers;
  readonly #kernel: Kernel;
  readonly #axes = new Map<string, AxisBuffers>();

  constructor(device: GPUDevice, buffers: GpuBuffers) {
    this.#device = device;
    this.#buffers = buffers;
    this.#kernel = new Kernel(device, 'resample', resampleCode);
  }

  resample(from: GpuPicture, to: GpuPicture): void {
    if (this.#axes.size > maxAxes - 2) this.#forgetAxes();
    const between = this.#buffers.take(12 * to.width * from.height);
    const wide = this.#axis(from.width, to.width);
    const high = this.#axis(from.height, to.height);
    this.#kernel.run(
      [to.width, from.height, from.width, wide.taps, 1, from.width, 1, to.width, 0],
      [wide.starts, wide.weights, from.buffer, between].map((buffer) => ({ buffer })),
      to.width,
      from.height,
      3,
    );
    this.#kernel.run(
      [to.height, to.width, from.height, high.taps, to.width, 1, to.width, 1, 1],
      [high.starts, high.weights, between, to.buffer].map((buffer) => ({ buffer })),
      to.height,
      to.width,
      3,
    );
    this.#buffers.give(between);
  }

  #axis(inputLength: number, outputLength: number): AxisBuffers {
    const key = `${inputLength}:${outputLength}`;
    const found = this.#axes.get(key);
    if (found) return found;
    const { taps, starts, weights } = lanczosWeights(inputLength, outputLength);
    const upload = (data: Int32Array | Float32Array) => {
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
      const buffer = this.#device.createBuffer({ size: data.byteLength, usage });
      this.#device.queue.writeBuffer(buffer, 0, data as Float32Array<ArrayBuffer>);
      return buffer;
    };
    const axis = { taps, starts: upload(starts), weights: upload(weights) };
    this.#axes.set(key, axis);
    return axis;
  }

  #forgetAxes(): void {
    for (const { starts, weights } of this.#axes.values()) {
      starts.destroy();
      weights.destroy();
    }
    this.#axes.clear();
  }

  dispose(): void {
    this.#forgetAxes();
    this.#kernel.dispose();
  }
}
