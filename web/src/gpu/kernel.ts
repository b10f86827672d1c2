const groupSide = 8;

/**
 * A compute shader with one uniform block (binding 0) and buffers or textures after it. Every run is submitted
 * at once, so one uniform buffer serves all of them: the queue keeps writes and runs in order.
 */
export class Kernel {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #params: GPUBuffer;

  constructor(device: GPUDevice, label: string, code: string) {
    this.#device = device;
    const module = device.createShaderModule({ label, code });
    this.#pipeline = device.createComputePipeline({ label, layout: 'auto', compute: { module } });
    this.#params = device.createBuffer({
      label: `${label} parameters`,
      size: 128,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /** Runs once for each of `width` × `height` × `depth` positions; `params` are the block's 32-bit integers. */
  run(
    params: readonly number[],
    resources: readonly GPUBindingResource[],
    width: number,
    height: number,
    depth = 1,
  ): void {
    this.#device.queue.writeBuffer(this.#params, 0, Int32Array.from(params));
    const bindings = [{ buffer: this.#params }, ...resources];
    const bindGroup = this.#device.createBindGroup({
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: bindings.map((resource, binding) => ({ binding, resource })),
    });
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(Math.ceil(width / groupSide), Math.ceil(height / groupSide), depth);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  dispose(): void {
    this.#params.destroy();
  }
}
