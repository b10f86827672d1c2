/** Weights to resample one axis: output `i` is the sum of `taps` weights times the inputs from `starts[i]` on. */
export interface AxisWeights {
  /** A multiple of four, so that loops can take four at a time. */
  readonly taps: number;
  /** First input of each output; may be negative or reach past the end, where the edge value counts. */
  readonly starts: Int32Array;
  /** `taps` weights for each output, of sum 1. */
  readonly weights: Float32Array;
}

const lobes = 3;

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const lanczos = (x: number) => (Math.abs(x) < lobes ? sinc(x) * sinc(x / lobes) : 0);

/** Shrinking widens the kernel by as much. */
const wideningOf = (inputLength: number, outputLength: number) =>
  Math.max(1, inputLength / outputLength);

/** Inputs that one output is made of along an axis. */
export const lanczosTaps = (inputLength: number, outputLength: number): number =>
  4 * Math.ceil((2 * lobes * wideningOf(inputLength, outputLength) + 1) / 4);

/**
 * Lanczos with three lobes (C. Duchon, "Lanczos Filtering in One and Two Dimensions", 1979). Pixel centres lie
 * at half-integers, so nothing shifts; when shrinking, the kernel is as many times wider (antialias).
 */
export function lanczosWeights(inputLength: number, outputLength: number): AxisWeights {
  const step = inputLength / outputLength;
  const widening = wideningOf(inputLength, outputLength);
  const support = lobes * widening;
  const taps = lanczosTaps(inputLength, outputLength);
  const starts = new Int32Array(outputLength);
  const weights = new Float32Array(outputLength * taps);
  for (let i = 0; i < outputLength; i++) {
    const centre = (i + 0.5) * step;
    const start = Math.floor(centre - support);
    starts[i] = start;
    const raw = Array.from({ length: taps }, (_, tap) =>
      lanczos((start + tap + 0.5 - centre) / widening),
    );
    const sum = raw.reduce((a, b) => a + b, 0);
    weights.set(
      raw.map((weight) => weight / sum),
      i * taps,
    );
  }
  return { taps, starts, weights };
}

const kept = new Map<string, AxisWeights>();

/** `lanczosWeights`, kept: a job resamples every frame alike. */
export function keptLanczosWeights(inputLength: number, outputLength: number): AxisWeights {
  const key = `${inputLength}:${outputLength}`;
  const found = kept.get(key);
  if (found) return found;
  if (kept.size >= 16) kept.clear();
  const made = lanczosWeights(inputLength, outputLength);
  kept.set(key, made);
  return made;
}
