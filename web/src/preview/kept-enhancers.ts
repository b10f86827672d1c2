import type { OpenedEnhancer } from '@clearreel/shared/enhance/backend';
import { tileBudgetPixels } from '@clearreel/shared/enhance/tile-budget';
import type { Size } from '@clearreel/shared/frameops/contract';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { type Backend, openBackendOn } from '../engine/backend.ts';
import { findModel } from '../inference/catalogue.ts';
import { type AdapterFacts, chooseProvider, probeAdapter } from '../inference/choose.ts';
import type { Provider } from '../jobs/job-record.ts';

/** Two that are compared, and plain resampling. */
const mostModels = 3;

/** The model's picture of a frame takes 12 bytes a pixel; larger ones are made anew each time. */
const mostKeptPixels = 16_000_000;

/** On the processor a tile takes about as long as a person takes for a delay: some tenths of a second. */
const macsPerTile = 4e9;
const smallestCorePx = 256;

/**
 * Largest tile input for a preview. On the processor tiles are smaller than a job's, so that the first is there soon and
 * an outdated request ends soon; the result is the same, since the halos cover what a tile depends on.
 */
function previewTilePixels(model: ModelEntry | null, provider: Provider): number {
  if (!model) return Number.MAX_SAFE_INTEGER;
  const budget = tileBudgetPixels(model);
  if (provider === 'webgpu') return budget;
  const smallest = (smallestCorePx + 2 * model.receptiveField) ** 2;
  const quick = macsPerTile / (1000 * model.kMacPerOutputPixel * model.scale ** 2);
  return Math.min(budget, Math.max(smallest, Math.round(quick)));
}

interface Kept {
  readonly enhancer: OpenedEnhancer;
  pixels: number;
}

export interface WantedEnhancer {
  readonly enhance: Pick<JobSpec['enhance'], 'model' | 'strength'>;
  readonly sourceSize: Size;
  readonly outputSize: Size;
  readonly provider: Provider | undefined;
}

/** Enhancers with their models loaded, ready for the next preview. Used by one request at a time. */
export class KeptEnhancers {
  readonly #kept = new Map<string, Kept>();
  #backend: Backend | null = null;
  #adapter: Promise<AdapterFacts | null> | null = null;

  /** Opens what `provider` needs. @throws ClearReelError `PROVIDER_MISSING` */
  async backend(provider: Provider | undefined, outputPixels: number): Promise<Backend> {
    this.#adapter ??= probeAdapter();
    const adapter = this.#adapter;
    const choice = await chooseProvider({
      ...{ wanted: provider ?? null, outputPixels, probe: () => adapter },
    });
    if (this.#backend?.provider.value === choice.value) return this.#backend;
    await this.dispose();
    const backend = await openBackendOn(choice);
    this.#backend = backend;
    return backend;
  }

  /** The enhancer for these settings, made if need be. It stays this object's own. */
  async take({ enhance, sourceSize, outputSize, provider }: WantedEnhancer) {
    const id = enhance.strength === 0 ? 'none' : enhance.model;
    const model = id === 'none' ? null : findModel(id);
    const scale = model?.scale ?? 1;
    const pixels = sourceSize.width * sourceSize.height * scale ** 2;
    const backend = await this.backend(provider, outputSize.width * outputSize.height);
    const enhancer = this.#kept.get(id)?.enhancer ?? (await openEnhancer(model, backend));
    enhancer.change({ outputSize, strength: enhance.strength });
    this.#kept.delete(id);
    this.#kept.set(id, { enhancer, pixels });
    await this.#letGo();
    return { enhancer, backend };
  }

  /** Frees the pictures of the last frame that are too large to be kept for the next. */
  settle(): void {
    for (const { enhancer, pixels } of this.#kept.values()) {
      if (pixels > mostKeptPixels) enhancer.reset();
    }
  }

  /** Frees what is kept of frames, not the models. */
  reset(): void {
    for (const { enhancer } of this.#kept.values()) enhancer.reset();
  }

  async dispose(): Promise<void> {
    const kept = [...this.#kept.values()];
    const backend = this.#backend;
    this.#kept.clear();
    this.#backend = null;
    for (const { enhancer } of kept) await enhancer.dispose();
    await backend?.dispose();
  }

  /** Handles not released yet, for the leak test. */
  live() {
    return this.#backend?.live() ?? { sources: 0, tiles: 0, pictures: 0 };
  }

  async #letGo(): Promise<void> {
    const [oldest] = this.#kept.keys();
    if (oldest === undefined || this.#kept.size <= mostModels) return;
    const kept = this.#kept.get(oldest);
    this.#kept.delete(oldest);
    await kept?.enhancer.dispose();
  }
}

const openEnhancer = (model: ModelEntry | null, backend: Backend): Promise<OpenedEnhancer> =>
  backend.openEnhancer({
    model,
    // Each frame has its own.
    outputSize: { width: 0, height: 0 },
    maxTilePixels: previewTilePixels(model, backend.provider.value),
    reuse: true,
  });
