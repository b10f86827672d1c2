import type { ModelEntry } from '../models/manifest.ts';

/** A model ready to run. `run` takes over nothing: the caller releases the input and the output tile. */
export interface LoadedModel<Tile> {
  readonly entry: ModelEntry;
  readonly precision: 'fp32' | 'fp16';
  /** [1, 3, H, W] → [1, 3, scale·H, scale·W]. */
  run(tile: Tile): Promise<Tile>;
  dispose(): Promise<void>;
}

export interface InferenceHost<Tile> {
  readonly provider: 'webgpu' | 'wasm' | 'cuda' | 'cpu';
  load(entry: ModelEntry): Promise<LoadedModel<Tile>>;
  /** Resolves with the reason when the device is lost; never on the CPU providers. */
  readonly lost: Promise<string>;
  dispose(): Promise<void>;
}
