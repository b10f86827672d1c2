import { type Backend, pairBackend } from '@clearreel/shared/enhance/backend';
import { DeepArrayFrameOps } from '@clearreel/shared/frameops/deep-array';
import type { FloatTile, FloatTiles } from '@clearreel/shared/frameops/float-tiles';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { InferenceHost, LoadedModel } from '@clearreel/shared/inference/contract';
import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { Choice } from '@clearreel/shared/media/facts';
import { sdrTags } from '@clearreel/shared/spec/result-colour';
import { OrtInferenceHost, sharedTiles } from '../inference/ort-host.ts';
import type { ServerProvider } from '../inference/provider.ts';

/** Keeps the last model loaded, for the next job that wants it. */
function keepingModel(host: InferenceHost<FloatTile>): InferenceHost<FloatTile> {
  let kept: LoadedModel<FloatTile> | null = null;
  return {
    provider: host.provider,
    lost: host.lost,
    async load(entry) {
      if (kept?.entry.id !== entry.id) {
        await kept?.dispose();
        kept = null;
        kept = await host.load(entry);
      }
      const model = kept;
      return {
        entry,
        precision: model.precision,
        run: (tile) => model.run(tile),
        dispose: async () => {},
      };
    },
    dispose: () => host.dispose(),
  };
}

/** Inference with what every job's frame operations share with it. */
export interface KeptInference {
  readonly provider: Choice<ServerProvider>;
  readonly host: InferenceHost<FloatTile>;
  readonly tiles: FloatTiles;
}

export function keepInference(provider: Choice<ServerProvider>): KeptInference {
  const tiles = sharedTiles();
  const host = new OrtInferenceHost({ provider: provider.value, tiles });
  return { provider, tiles, host: keepingModel(host) };
}

/** For one job: disposing of it leaves the inference as it is. */
export function openBackend(
  { provider, host, tiles }: KeptInference,
  { bitDepth = 8, colour = sdrTags }: EncoderSettings,
): Backend<ServerProvider> {
  const lasting = { ...host, dispose: async () => {} };
  return bitDepth > 8
    ? pairBackend(provider, new DeepArrayFrameOps(colour, tiles), lasting)
    : pairBackend(provider, new TypedArrayFrameOps(tiles), lasting);
}
