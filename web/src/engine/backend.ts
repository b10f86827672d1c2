import {
  Enhancer,
  type FrameRequest,
  type ResultOptions,
} from '@clearreel/shared/enhance/enhancer';
import type { FrameOps, Size } from '@clearreel/shared/frameops/contract';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { InferenceHost } from '@clearreel/shared/inference/contract';
import type { Choice } from '@clearreel/shared/media/facts';
import type { SourceFrame } from '@clearreel/shared/media/source';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import type { FrameEnhancer } from '@clearreel/shared/pipeline/run-options';
import type { VideoSample } from 'mediabunny';
import { chooseProvider } from '../inference/choose.ts';
import { WasmInferenceHost } from '../inference/wasm-host.ts';
import type { Provider } from '../jobs/job-record.ts';

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
export interface Backend {
  readonly provider: Choice<Provider>;
  /** Resolves with the reason once the device is gone. */
  readonly lost: Promise<string>;
  openEnhancer(setup: EnhancerSetup): Promise<OpenedEnhancer>;
  use<Result>(work: BackendWork<Result>): Promise<Result>;
  /** Handles not released yet, for the leak test. */
  live(): { sources: number; tiles: number; pictures: number };
  dispose(): Promise<void>;
}

function pair<Source, Tile, Picture>(
  provider: Choice<Provider>,
  ops: FrameOps<Source, Tile, Picture>,
  inference: InferenceHost<Tile>,
  release: () => Promise<void>,
): Backend {
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

function openWasmBackend(provider: Choice<Provider>): Backend {
  const ops = new TypedArrayFrameOps();
  return pair(provider, ops, new WasmInferenceHost({ tiles: ops.tiles }), async () => {});
}

async function openGpuBackend(provider: Choice<Provider>): Promise<Backend> {
  const [{ openGpu }, { GpuFrameOps }, { WebGpuInferenceHost }] = await Promise.all([
    import('../gpu/device.ts'),
    import('../gpu/frame-ops.ts'),
    import('../inference/webgpu-host.ts'),
  ]);
  const gpu = await openGpu();
  const ops = new GpuFrameOps(gpu);
  const inference = new WebGpuInferenceHost({ gpu, tiles: ops.tiles });
  return pair(provider, ops, inference, async () => gpu.dispose());
}

/** @throws ClearReelError `PROVIDER_MISSING` when the wanted provider cannot run here. */
export async function openBackend(
  wanted: Provider | undefined,
  outputPixels: number,
): Promise<Backend> {
  return openBackendOn(await chooseProvider({ wanted: wanted ?? null, outputPixels }));
}

export async function openBackendOn(provider: Choice<Provider>): Promise<Backend> {
  return provider.value === 'webgpu' ? openGpuBackend(provider) : openWasmBackend(provider);
}
