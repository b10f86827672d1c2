import type { ModelEntry } from '../models/manifest.ts';

/** What a model costs on one machine. */
export interface ModelFigure {
  /** Of a tile's input, halo included. */
  readonly secondsPerMegapixel: number;
  /** Until it is ready: its runtime, its weights and the first run, which compiles or allocates. */
  readonly loadSeconds: number;
}

/** The pixel work around a model, on one machine. */
export interface PixelFigures {
  /** Source frame to where the model's input is cut from, and the comparison with the frame before. */
  readonly loadSecondsPerMegapixel: number;
  /** Of a tile's input. */
  readonly cutSecondsPerMegapixel: number;
  /** Of what is kept of a tile's output. */
  readonly pasteSecondsPerMegapixel: number;
  /** Of the result's frame. */
  readonly emitSecondsPerMegapixel: number;
  /** A million taps of the Lanczos filter, each over three channels. */
  readonly resampleSecondsPerMegatap: number;
}

/** Seconds a megapixel of the coded picture, with nothing beside it. */
export interface CodecFigure {
  readonly encodeSecondsPerMegapixel: number;
  readonly decodeSecondsPerMegapixel: number;
}

/** How past jobs with a model compare with what was estimated for them. */
export interface Pace {
  /** Real over estimated time, smoothed. */
  readonly factor: number;
  readonly jobs: number;
}

/** What is known of one machine with one provider. What is missing is predicted, and the estimate says so. */
export interface Figures {
  readonly provider: 'webgpu' | 'wasm';
  readonly cores: number;
  readonly pixels?: PixelFigures;
  /** By model id. */
  readonly models: Readonly<Record<string, ModelFigure>>;
  /** By `codecKey`. */
  readonly codecs: Readonly<Record<string, CodecFigure>>;
  /** By model id; `none` for resizing alone. */
  readonly paces: Readonly<Record<string, Pace>>;
}

export const codecKey = (host: string, codec: string): string => `${host} ${codec}`;

/** Threads that a model takes on the CPU, at most: more do not make these small networks faster. */
const mostModelThreads = 8;

/** Cores that a model keeps busy while it runs. */
export const modelCores = ({ provider, cores }: Figures): number =>
  provider === 'wasm' ? Math.min(cores, mostModelThreads) : 0;

/** kMAC of one megapixel of a model's input. */
const workOf = ({ kMacPerOutputPixel, scale }: ModelEntry): number =>
  kMacPerOutputPixel * scale ** 2;

/**
 * Light models are bound by memory, heavy ones by arithmetic: what moving the values of a megapixel through any
 * network costs is counted as so much work.
 */
const fixedWork = 4;

const typicalLoadSeconds = 1.5;

/** GMAC a second, where nothing was measured yet: a laptop's two cores, an integrated GPU. */
const typicalSpeed = { wasm: 30, webgpu: 400 } as const;

/** A model's figure: its own, else scaled by the work from the measured model of the nearest work. */
export function modelFigure(
  { models: measured, provider, cores }: Figures,
  model: ModelEntry,
  all: readonly ModelEntry[],
): ModelFigure & { readonly isPredicted: boolean } {
  const own = measured[model.id];
  if (own) return { ...own, isPredicted: false };
  const distance = (other: ModelEntry) => Math.abs(Math.log(workOf(other) / workOf(model)));
  const nearest = all
    .filter(({ id }) => measured[id])
    .sort((a, b) => distance(a) - distance(b))
    .at(0);
  const known = nearest && measured[nearest.id];
  const work = workOf(model) + fixedWork;
  if (!known || !nearest) {
    const speed = typicalSpeed[provider] * (provider === 'wasm' ? Math.min(cores, 8) / 2 : 1);
    return {
      secondsPerMegapixel: work / speed,
      loadSeconds: typicalLoadSeconds,
      isPredicted: true,
    };
  }
  const perWork = known.secondsPerMegapixel / (workOf(nearest) + fixedWork);
  return {
    secondsPerMegapixel: perWork * work,
    loadSeconds: known.loadSeconds,
    isPredicted: true,
  };
}
