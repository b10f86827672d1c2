import type { Size } from './contract.ts';
import { type AxisWeights, keptLanczosWeights } from './lanczos.ts';

/** Values that one row of the horizontal pass reads, with the edge values repeated on both sides. */
function padRow(
  from: Float32Array,
  offset: number,
  width: number,
  margin: number,
  row: Float32Array,
): void {
  row.fill(from[offset] as number, 0, margin);
  row.set(from.subarray(offset, offset + width), margin);
  row.fill(from[offset + width - 1] as number, margin + width);
}

function horizontal(
  from: Float32Array,
  width: number,
  rows: number,
  axis: AxisWeights,
  to: Float32Array,
): void {
  const { taps, starts, weights } = axis;
  const margin = taps;
  const row = new Float32Array(width + 2 * margin);
  const outputs = starts.length;
  for (let y = 0; y < rows; y++) {
    padRow(from, y * width, width, margin, row);
    for (let i = 0, weightAt = 0; i < outputs; i++) {
      let at = (starts[i] as number) + margin;
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 4, at += 4, weightAt += 4) {
        sum +=
          (row[at] as number) * (weights[weightAt] as number) +
          (row[at + 1] as number) * (weights[weightAt + 1] as number) +
          (row[at + 2] as number) * (weights[weightAt + 2] as number) +
          (row[at + 3] as number) * (weights[weightAt + 3] as number);
      }
      to[y * outputs + i] = sum;
    }
  }
}

/** One output row before clipping: adds whole input rows, four at a time, so that memory is read in order. */
function verticalRow(
  from: Float32Array,
  offset: number,
  width: number,
  height: number,
  axis: AxisWeights,
  i: number,
  sums: Float32Array,
): void {
  const rowAt = (tap: number) => {
    const y = (axis.starts[i] as number) + tap;
    return offset + Math.min(height - 1, Math.max(0, y)) * width;
  };
  const weightOf = (tap: number) => axis.weights[i * axis.taps + tap] as number;
  sums.fill(0);
  for (let tap = 0; tap < axis.taps; tap += 4) {
    const [a, b, c, d] = [rowAt(tap), rowAt(tap + 1), rowAt(tap + 2), rowAt(tap + 3)];
    const [p, q] = [weightOf(tap), weightOf(tap + 1)];
    const [r, s] = [weightOf(tap + 2), weightOf(tap + 3)];
    for (let x = 0; x < width; x++) {
      sums[x] =
        (sums[x] as number) +
        p * (from[a + x] as number) +
        q * (from[b + x] as number) +
        r * (from[c + x] as number) +
        s * (from[d + x] as number);
    }
  }
}

/**
 * Resamples planar RGB from `size` to `target` into `to`, clipped to 0..1. `scratch` has room for three
 * planes of target.width × size.height.
 */
export function resampleRgb(
  from: Float32Array,
  size: Size,
  to: Float32Array,
  target: Size,
  scratch: Float32Array,
): void {
  const wide = keptLanczosWeights(size.width, target.width);
  const high = keptLanczosWeights(size.height, target.height);
  horizontal(from, size.width, 3 * size.height, wide, scratch);
  const sums = new Float32Array(target.width);
  for (let plane = 0, at = 0; plane < 3; plane++) {
    const offset = plane * size.height * target.width;
    for (let i = 0; i < target.height; i++) {
      verticalRow(scratch, offset, target.width, size.height, high, i, sums);
      for (let x = 0; x < target.width; x++, at++) {
        const value = sums[x] as number;
        to[at] = value > 0 ? Math.min(value, 1) : 0;
      }
    }
  }
}
