import type { VideoSample } from 'mediabunny';
import type { FrameOps, Size } from '../frameops/contract.ts';
import type { InferenceHost } from '../inference/contract.ts';
import type { Choice } from '../media/facts.ts';
import type { SourceFrame } from '../media/source.ts';
import type { ModelEntry } from '../models/manifest.ts';
import type { FrameEnhancer } from '../pipeline/run-options.ts';
import { Enhancer, type FrameRequest, type ResultOptions } from './enhancer.ts';

export interface EnhancerSetup {
  readonly model: ModelEntry | null;
  readonly outputSize: Size;
  readonly maxTilePixels: number;
  readonly reuse: boolean;
  readonly strength?: number;
}

export interface OpenedEnhancer extends FrameEnhancer {
  enhance(frame: SourceFrame, request?: FrameRequest): Promise<VideoSample>;
  change(result: ResultOptions): void;
  dispose(): Promise<void>;
  readonly stats: {
    frames: number;
    reusedFrames: number;
    tiles: number;
    reusedTiles: number;
    inferenceSeconds: number;
  };
}

/** Work with the operations themselves, wherever their tiles live. */
export type BackendWork<Result> = <Source, Tile, Picture>(
  ops: FrameOps<Source, Tile, Picture>,
  inference: InferenceHost<Tile>,
) => Promise<Result>;

/** Pixel work and inference that belong together, because tensors live where both can reach them. */
export interface Backend<Provider extends string = string> {
  readonly provider: Choice<Provider>;
  /** Resolves with the reason once the device is gone. */
  readonly lost: Promise<string>;
  openEnhancer(setup: EnhancerSetup): Promise<OpenedEnhancer>;
  use<Result>(work: BackendWork<Result>): Promise<Result>;
  /** Handles not released yet, for the leak test. */
  live(): { sources: number; tiles: number; pictures: number };
  dispose(): Promise<void>;
}

export function pairBackend<Provider extends string, Source, Tile, Picture>(
  provider: Choice<Provider>,
  ops: FrameOps<Source, Tile, Picture>,
  inference: InferenceHost<Tile>,
  release: () => Promise<void> = async () => {},
): Backend<Provider> {
  return {
    provider,
    lost: inference.lost,
    live: () => ops.live(),
    use: (work) => work(ops, inference),
    async openEnhancer({ model, ...setup }) {
      const loaded = model ? await inference.load(model) : null;
      return new Enhancer({ ops, model: loaded, ...setup });
    },
    async dispose() {
      await inference.dispose();
      ops.dispose();
      await release();
    },
  };
}
