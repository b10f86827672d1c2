import type { SourceFacts } from '../media/facts.ts';
import type { ModelEntry } from '../models/manifest.ts';
import { jobSpecSchema } from '../spec/job-spec.ts';
import type { Figures } from './figures.ts';
import { type JobFacts, jobFacts } from './job-facts.ts';

const modelBase = {
  task: 'upscale',
  summary: '',
  goodAt: [],
  scale: 2,
  input: { name: 'input', channels: 3, range: [0, 1] },
  output: { name: 'output', channels: 3, range: [0, 1] },
  multipleOf: 1,
  stateIn: [],
  stateOut: [],
  window: { first: 1, step: 1 },
  lookAhead: 0,
  warmUp: 0,
  variants: [{ precision: 'fp32', file: '', sha256: '0'.repeat(64), bytes: 1 }],
  licence: 'MIT',
  licenceFile: '',
  source: { registry: 'own', package: '', version: '', files: [] },
} satisfies Partial<ModelEntry>;

const model = (
  id: string,
  kMacPerOutputPixel: number,
  receptiveField: number,
  peakValuesPerInputPixel: number,
): ModelEntry => ({
  ...modelBase,
  ...{ id, name: id, kMacPerOutputPixel, receptiveField, peakValuesPerInputPixel },
});

/** The costs of the models that the project ships, heavy to light. */
export const allModels: readonly ModelEntry[] = [
  model('animevideov3-x2', 155.16, 19, 144),
  model('span-x2', 102.68, 20, 387),
  model('reel-x2', 15.13, 8, 67),
  model('anime4k-vl-x2', 2.2, 7, 227),
  model('anime4k-s-x2', 0.32, 4, 36),
];

function modelNamed(id: string): ModelEntry {
  const found = allModels.find((each) => each.id === id);
  if (!found) throw new Error(`no model ${id}`);
  return found;
}

interface SourceOptions {
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
  readonly bytes?: number;
  readonly codec?: string;
}

/** Ten seconds of 720p at 25 frames a second, compressed as usual. */
export function sourceFacts({
  width = 1280,
  height = 720,
  seconds = 10,
  bytes = 200_000 * seconds,
  codec = 'avc',
}: SourceOptions = {}): SourceFacts {
  return {
    container: 'mp4',
    bytes,
    durationSeconds: seconds,
    video: {
      ...{ codec, width, height, rotation: 0, flip: false, pixelAspect: { num: 1, den: 1 } },
      colour: { primaries: null, transfer: null, matrix: null, fullRange: null },
      ...{ hdr: false, bitDepth: 8, hasAlpha: false, languageCode: 'und', name: null },
      ...{ averageFrameRate: 25, constantFrameRate: 25 },
    },
    audio: [],
    demuxer: { value: 'mediabunny', reason: '' },
    decoder: { value: 'webcodecs', reason: '' },
  };
}

interface JobOptions {
  readonly facts?: SourceFacts;
  readonly model?: string | null;
  readonly enhance?: object;
  readonly trim?: object;
  readonly maxTilePixels?: number;
}

export function jobOf({
  facts = sourceFacts(),
  model: id = 'reel-x2',
  enhance = {},
  trim,
  maxTilePixels = 1920 * 1088,
}: JobOptions = {}): JobFacts {
  const spec = jobSpecSchema.parse({
    version: 1,
    ...(trim && { trim }),
    enhance: { model: id ?? 'none', ...enhance },
    output: { container: 'mp4', codec: 'avc' },
  });
  return jobFacts({ facts, spec, model: id ? modelNamed(id) : null, maxTilePixels });
}

/** A machine on which only Reel was measured: a second for a megapixel of its input. */
export const measured = (change: Partial<Figures> = {}): Figures => ({
  provider: 'wasm',
  cores: 2,
  pixels: {
    loadSecondsPerMegapixel: 0.015,
    cutSecondsPerMegapixel: 0.004,
    pasteSecondsPerMegapixel: 0.005,
    emitSecondsPerMegapixel: 0.007,
    resampleSecondsPerMegatap: 0.005,
  },
  models: { 'reel-x2': { secondsPerMegapixel: 1, loadSeconds: 0.5 } },
  codecs: {
    'webcodecs avc': { encodeSecondsPerMegapixel: 0.02, decodeSecondsPerMegapixel: 0.003 },
  },
  paces: {},
  ...change,
});
