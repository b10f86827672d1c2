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
      for (let tap = 0; tap < taps; tap++) {
        sum += (row[at++] as number) * (weights[weightAt++] as number);
      }
      to[y * outputs + i] = sum;
    }
  }
}

/** One output row: adds whole input rows, so that memory is read in order; the last step clips to 0..1. */
function verticalRow(
  from: Float32Array,
  offset: number,
  width: number,
  height: number,
  axis: AxisWeights,
  i: number,
  sums: Float32Array,
): void {
  sums.fill(0);
  for (let tap = 0; tap < axis.taps; tap++) {
    const weight = axis.weights[i * axis.taps + tap] as number;
    if (weight === 0) continue;
    const y = Math.min(height - 1, Math.max(0, (axis.starts[i] as number) + tap));
    let at = offset + y * width;
    for (let x = 0; x < width; x++) {
      sums[x] = (sums[x] as number) + weight * (from[at++] as number);
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
