import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import type { GpuPicture } from './handles.ts';
import drawCode from './kernels/draw.wgsl?raw';

/** Turns pictures into the browser's frames by drawing them on a canvas that nobody sees. */
export class GpuDrawer {
  readonly #device: GPUDevice;
  readonly #pipeline: GPURenderPipeline;
  readonly #params: GPUBuffer;
  #canvas: OffscreenCanvas | null = null;
  #context: GPUCanvasContext | null = null;

  constructor(device: GPUDevice) {
    this.#device = device;
    const module = device.createShaderModule({ label: 'draw', code: drawCode });
    this.#pipeline = device.createRenderPipeline({
      label: 'draw',
      layout: 'auto',
      vertex: { module, entryPoint: 'corners' },
      fragment: {
        module,
        entryPoint: 'colour',
        targets: [{ format: navigator.gpu.getPreferredCanvasFormat() }],
      },
    });
    this.#params = device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /** Stamps in whole microseconds, as WebCodecs has them. The caller closes the frame. */
  draw(picture: GpuPicture, timestampMicros: number, durationMicros: number): VideoFrame {
    const { width, height } = picture;
    const context = this.#contextOf(width, height);
    this.#device.queue.writeBuffer(this.#params, 0, Uint32Array.of(width, height));
    const encoder = this.#device.createCommandEncoder();
    const view = context.getCurrentTexture().createView();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }],
    });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(
      0,
      this.#device.createBindGroup({
        layout: this.#pipeline.getBindGroupLayout(0),
        entries: [
          { binding: 0, resource: { buffer: this.#params } },
          { binding: 1, resource: { buffer: picture.buffer } },
        ],
      }),
    );
    pass.draw(3);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
    return new VideoFrame(context.canvas, {
      timestamp: timestampMicros,
      duration: durationMicros,
      alpha: 'discard',
    });
  }

  #contextOf(width: number, height: number): GPUCanvasContext {
    const limit = this.#device.limits.maxTextureDimension2D;
    if (width > limit || height > limit) {
      const reason = because('GPU_CANVAS_SMALL', { width, height, limit });
      throw new ClearReelError('PROVIDER_MISSING', { provider: 'WebGPU', reason });
    }
    if (this.#context && this.#canvas?.width === width && this.#canvas.height === height) {
      return this.#context;
    }
    this.#context?.unconfigure();
    this.#canvas = new OffscreenCanvas(width, height);
    this.#context = this.#canvas.getContext('webgpu');
    if (this.#context === null) {
      const reason = because('NO_WEBGPU_CANVAS');
      throw new ClearReelError('PROVIDER_MISSING', { provider: 'WebGPU', reason });
    }
    this.#context.configure({
      device: this.#device,
      format: navigator.gpu.getPreferredCanvasFormat(),
      alphaMode: 'opaque',
      colorSpace: 'srgb',
    });
    return this.#context;
  }

  dispose(): void {
    this.#context?.unconfigure();
    this.#context = null;
    this.#canvas = null;
    this.#params.destroy();
  }
}
