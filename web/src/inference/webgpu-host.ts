import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { InferenceHost, LoadedModel } from '@clearreel/shared/inference/contract';
import { variantOf } from '@clearreel/shared/models/catalogue';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import type { InferenceSession } from 'onnxruntime-web';
import type { Gpu } from '../gpu/device.ts';
import type { GpuHandles, GpuPicture } from '../gpu/handles.ts';
import { type FetchModelOptions, fetchModel } from './catalogue.ts';
import { inCreationOrder, loadOrt, type Ort } from './ort.ts';
import { webGpuBuild } from './ort-files.ts';

export interface WebGpuHostOptions {
  readonly gpu: Gpu;
  /** The frame operations' tiles: their buffers are the models' inputs and outputs. */
  readonly tiles: GpuHandles;
  readonly fetching?: FetchModelOptions;
  /** Refuses models of which any operator would run on the CPU. For tests; such a model works, but slowly. */
  readonly wholeModelOnGpu?: boolean;
}

class WebGpuModel implements LoadedModel<GpuPicture> {
  readonly entry: ModelEntry;
  readonly precision: 'fp32' | 'fp16';
  readonly #ort: Ort;
  readonly #session: InferenceSession;
  readonly #options: WebGpuHostOptions;
  #released: Promise<void> | undefined;

  constructor(
    entry: ModelEntry,
    precision: 'fp32' | 'fp16',
    ort: Ort,
    session: InferenceSession,
    options: WebGpuHostOptions,
  ) {
    this.entry = entry;
    this.precision = precision;
    this.#ort = ort;
    this.#session = session;
    this.#options = options;
  }

  async run(tile: GpuPicture): Promise<GpuPicture> {
    const { gpu, tiles } = this.#options;
    const { input, output, scale } = this.entry;
    gpu.check();
    const result = tiles.create(scale * tile.width, scale * tile.height);
    try {
      await this.#session.run(
        { [input.name]: this.#tensor(tile) },
        { [output.name]: this.#tensor(result) },
      );
      gpu.check();
      return result;
    } catch (error) {
      tiles.release(result);
      gpu.check();
      throw asClearReelError(error, 'INFERENCE_FAILED');
    }
  }

  #tensor({ width, height, buffer }: GpuPicture) {
    return this.#ort.Tensor.fromGpuBuffer(buffer, {
      dataType: 'float32',
      dims: [1, 3, height, width],
    });
  }

  dispose(): Promise<void> {
    this.#released ??= this.#session.release();
    return this.#released;
  }
}

/**
 * Runs models on the GPU with onnxruntime-web's own WebGPU provider. Inputs and outputs are GPU buffers of the
 * frame operations, on the same device, so that nothing comes back to the CPU.
 *
 * Loading throws ClearReelError MODEL_MISSING (no such file), PROVIDER_MISSING (ONNX Runtime does not start) or
 * INFERENCE_FAILED (the model is refused); running throws INFERENCE_FAILED or DEVICE_LOST.
 */
export class WebGpuInferenceHost implements InferenceHost<GpuPicture> {
  readonly provider = 'webgpu';
  readonly lost: Promise<string>;
  readonly #options: WebGpuHostOptions;
  readonly #loaded = new Set<WebGpuModel>();

  constructor(options: WebGpuHostOptions) {
    this.#options = options;
    this.lost = options.gpu.lost;
  }

  /** fp16 where the device has it, else fp32; also fp32 where a driver promises fp16 and then refuses the model. */
  async load(entry: ModelEntry): Promise<LoadedModel<GpuPicture>> {
    const { gpu } = this.#options;
    gpu.check();
    if (!gpu.hasFloat16 || variantOf(entry, 'fp16').precision !== 'fp16') {
      return this.#create(entry, 'fp32');
    }
    try {
      return await this.#create(entry, 'fp16');
    } catch (error) {
      gpu.check();
      if (error instanceof ClearReelError && error.code === 'INFERENCE_FAILED') {
        return this.#create(entry, 'fp32');
      }
      throw error;
    }
  }

  async #create(entry: ModelEntry, precision: 'fp32' | 'fp16'): Promise<LoadedModel<GpuPicture>> {
    const { gpu, fetching, wholeModelOnGpu } = this.#options;
    const [ort, bytes] = await Promise.all([
      loadOrt(webGpuBuild(), 1).catch((error: unknown) => {
        throw asClearReelError(error, 'PROVIDER_MISSING', { provider: 'WebGPU' });
      }),
      fetchModel(entry, variantOf(entry, precision), fetching),
    ]);
    const options: InferenceSession.SessionOptions = {
      executionProviders: [{ name: 'webgpu', device: gpu.device }],
      preferredOutputLocation: 'gpu-buffer',
      ...(wholeModelOnGpu && { extra: { session: { disable_cpu_ep_fallback: '1' } } }),
    };
    try {
      const session = await inCreationOrder(() => ort.InferenceSession.create(bytes, options));
      const model = new WebGpuModel(entry, precision, ort, session, this.#options);
      this.#loaded.add(model);
      return model;
    } catch (error) {
      gpu.check();
      throw asClearReelError(error, 'INFERENCE_FAILED');
    }
  }

  async dispose(): Promise<void> {
    const models = [...this.#loaded];
    this.#loaded.clear();
    await Promise.all(models.map((model) => model.dispose()));
  }
}
