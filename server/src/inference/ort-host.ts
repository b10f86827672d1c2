import { availableParallelism } from 'node:os';
import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { type FloatTile, FloatTiles } from '@clearreel/shared/frameops/float-tiles';
import type { InferenceHost, LoadedModel } from '@clearreel/shared/inference/contract';
import { variantOf } from '@clearreel/shared/models/catalogue';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { readModel } from './models.ts';
import { OrtThread } from './ort-thread.ts';
import type { ServerProvider } from './provider.ts';

/** Tiles in memory that the inference thread shares. */
export const sharedTiles = (): FloatTiles =>
  new FloatTiles(
    (length) => new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT)),
  );

class OrtModel implements LoadedModel<FloatTile> {
  readonly entry: ModelEntry;
  // docs/decisions/0095: no half precision before it is proven on such a device.
  readonly precision = 'fp32';
  readonly #thread: OrtThread;
  readonly #id: number;
  readonly #tiles: FloatTiles;
  #released: Promise<void> | undefined;

  constructor(entry: ModelEntry, thread: OrtThread, id: number, tiles: FloatTiles) {
    this.entry = entry;
    this.#thread = thread;
    this.#id = id;
    this.#tiles = tiles;
  }

  async run(tile: FloatTile): Promise<FloatTile> {
    const { input, output, scale } = this.entry;
    const result = this.#tiles.create(scale * tile.width, scale * tile.height);
    const shape = ({ width, height }: FloatTile) => [1, 3, height, width];
    try {
      await this.#thread.ask({
        kind: 'run',
        model: this.#id,
        input: { name: input.name, data: tile.data, shape: shape(tile) },
        output: { name: output.name, data: result.data, shape: shape(result) },
      });
      return result;
    } catch (error) {
      this.#tiles.release(result);
      throw asClearReelError(error, 'INFERENCE_FAILED');
    }
  }

  dispose(): Promise<void> {
    // A thread that is gone holds no model any more.
    this.#released ??= this.#thread.ask({ kind: 'release', model: this.#id }).catch(() => {});
    return this.#released;
  }
}

export interface OrtHostOptions {
  readonly provider: ServerProvider;
  /** The frame operations' tiles, made by `sharedTiles`. */
  readonly tiles: FloatTiles;
  readonly threads?: number;
  /** Where the models lie; tests point it elsewhere. */
  readonly modelFolder?: string;
}

/**
 * Runs models with onnxruntime-node.
 *
 * Loading throws ClearReelError MODEL_MISSING (no such file, or not the manifest's) or INFERENCE_FAILED (the model or
 * the provider is refused); running throws INFERENCE_FAILED.
 */
export class OrtInferenceHost implements InferenceHost<FloatTile> {
  readonly provider: ServerProvider;
  readonly lost: Promise<string>;
  readonly #options: OrtHostOptions;
  readonly #thread = new OrtThread();
  #models = 0;

  constructor(options: OrtHostOptions) {
    this.provider = options.provider;
    this.#options = options;
    this.lost = options.provider === 'cpu' ? new Promise(() => {}) : this.#thread.lost;
  }

  async load(entry: ModelEntry): Promise<LoadedModel<FloatTile>> {
    const { provider, tiles, threads = availableParallelism(), modelFolder } = this.#options;
    const bytes = await readModel(entry, variantOf(entry, 'fp32'), modelFolder);
    const model = this.#models++;
    try {
      await this.#thread.ask({ kind: 'load', model, bytes, provider, threads });
    } catch (error) {
      throw asClearReelError(error, 'INFERENCE_FAILED');
    }
    return new OrtModel(entry, this.#thread, model, tiles);
  }

  dispose(): Promise<void> {
    return this.#thread.dispose();
  }
}
