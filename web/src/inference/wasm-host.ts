import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { FloatTile, FloatTiles } from '@clearreel/shared/frameops/float-tiles';
import type { InferenceHost, LoadedModel } from '@clearreel/shared/inference/contract';
import { variantOf } from '@clearreel/shared/models/catalogue';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import type { InferenceSession } from 'onnxruntime-web';
import { type FetchModelOptions, fetchModel } from './catalogue.ts';
import { inCreationOrder, loadOrt, type Ort } from './ort.ts';

const mostThreads = 8;

/** Threads need shared memory, which only a cross-origin isolated page has. */
const wasmThreads = (): number =>
  globalThis.crossOriginIsolated ? Math.min(navigator.hardwareConcurrency || 1, mostThreads) : 1;

export interface WasmHostOptions {
  /** The frame operations' tiles, so that the models' outputs are counted with the others. */
  readonly tiles: FloatTiles;
  readonly threads?: number;
  readonly fetching?: FetchModelOptions;
}

class WasmModel implements LoadedModel<FloatTile> {
  readonly entry: ModelEntry;
  readonly precision = 'fp32';
  readonly #ort: Ort;
  readonly #session: InferenceSession;
  readonly #tiles: FloatTiles;
  #released: Promise<void> | undefined;

  constructor(entry: ModelEntry, ort: Ort, session: InferenceSession, tiles: FloatTiles) {
    this.entry = entry;
    this.#ort = ort;
    this.#session = session;
    this.#tiles = tiles;
  }

  async run(tile: FloatTile): Promise<FloatTile> {
    const { input, output, scale } = this.entry;
    const shape = [1, 3, tile.height, tile.width];
    try {
      const feeds = { [input.name]: new this.#ort.Tensor('float32', tile.data, shape) };
      const result = (await this.#session.run(feeds))[output.name];
      const data = result?.data;
      if (!(data instanceof Float32Array)) throw new TypeError(`no float32 output ${output.name}`);
      return this.#tiles.adopt(scale * tile.width, scale * tile.height, data);
    } catch (error) {
      throw asClearReelError(error, 'INFERENCE_FAILED');
    }
  }

  dispose(): Promise<void> {
    this.#released ??= this.#session.release();
    return this.#released;
  }
}

/**
 * Runs models on the CPU in WebAssembly with SIMD.
 *
 * Loading throws ClearReelError MODEL_MISSING (no such file), PROVIDER_MISSING (WebAssembly does not start) or
 * INFERENCE_FAILED (the model is refused); running throws INFERENCE_FAILED. WebAssembly's memory never shrinks
 * and does not survive an abort: use it in a worker that can be ended.
 */
export class WasmInferenceHost implements InferenceHost<FloatTile> {
  readonly provider = 'wasm';
  readonly lost = new Promise<string>(() => {});
  readonly threads: number;
  readonly #tiles: FloatTiles;
  readonly #fetching: FetchModelOptions;
  readonly #loaded = new Set<WasmModel>();

  constructor({ tiles, threads = wasmThreads(), fetching = {} }: WasmHostOptions) {
    this.#tiles = tiles;
    this.threads = threads;
    this.#fetching = fetching;
  }

  async load(entry: ModelEntry): Promise<LoadedModel<FloatTile>> {
    const [ort, bytes] = await Promise.all([
      loadOrt('wasm', this.threads).catch((error: unknown) => {
        throw asClearReelError(error, 'PROVIDER_MISSING', { provider: 'WebAssembly' });
      }),
      fetchModel(entry, variantOf(entry, 'fp32'), this.#fetching),
    ]);
    try {
      const session = await inCreationOrder(() =>
        ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] }),
      );
      const model = new WasmModel(entry, ort, session, this.#tiles);
      this.#loaded.add(model);
      return model;
    } catch (error) {
      throw asClearReelError(error, 'INFERENCE_FAILED');
    }
  }

  async dispose(): Promise<void> {
    const models = [...this.#loaded];
    this.#loaded.clear();
    await Promise.all(models.map((model) => model.dispose()));
  }
}
