import type { DeepPlanes } from './deep-planes.ts';
import type { LumaWeights } from './yuv-matrix.ts';

/** Most of 16 bits. */
export const deepOne = 65535;

/**
 * One row of chroma at luma resolution, in sixteenths. Subsampled chroma lies between the luma samples and is
 * interpolated linearly there (3:1), as in 8 bits.
 */
function chromaRow(
  { data, offset, stride, step }: DeepPlanes['u'],
  row: number,
  { width, height, subX, subY }: DeepPlanes,
  column: Float64Array,
  out: Float64Array,
): void {
  const columns = subX === 2 ? (width + 1) >> 1 : width;
  const near = subY === 2 ? row >> 1 : row;
  const last = (subY === 2 ? (height + 1) >> 1 : height) - 1;
  const far = subY === 1 ? near : row & 1 ? Math.min(near + 1, last) : Math.max(near - 1, 0);
  let nearAt = offset + near * stride;
  let farAt = offset + far * stride;
  for (let i = 0; i < columns; i++, nearAt += step, farAt += step) {
    column[i] = 3 * (data[nearAt] as number) + (data[farAt] as number);
  }
  if (subX === 1) {
    for (let x = 0; x < width; x++) out[x] = 4 * (column[x] as number);
    return;
  }
  for (let i = 0, x = 0; i < columns; i++, x += 2) {
    const here = 3 * (column[i] as number);
    out[x] = here + (column[i > 0 ? i - 1 : 0] as number);
    out[x + 1] = here + (column[i + 1 < columns ? i + 1 : i] as number);
  }
}

/** Clipped to 16 bits and rounded by what stores it; NaN cannot be. */
const clipped = (value: number) => (value > 0 ? Math.min(value + 0.5, deepOne) : 0);

/** Converts to the planes R′, G′, B′ of 16 bits (ITU-T H.273 §8.3), in the picture's own primaries and transfer. */
export function yuvToDeepRgb(
  planes: DeepPlanes,
  { kr, kb }: LumaWeights,
  fullRange: boolean,
  out: Uint16Array,
): void {
  const { width, height, bits, y } = planes;
  const unit = 2 ** (bits - 8);
  const full = 2 ** bits - 1;
  const lumaZero = fullRange ? 0 : 16 * unit;
  const lumaScale = deepOne / (fullRange ? full : 219 * unit);
  const chromaScale = deepOne / (fullRange ? full : 224 * unit) / 16;
  const chromaZero = 16 * 128 * unit;
  const kg = 1 - kr - kb;
  const [redFromV, blueFromU] = [2 * (1 - kr) * chromaScale, 2 * (1 - kb) * chromaScale];
  const [greenFromU, greenFromV] = [(-kb * blueFromU) / kg, (-kr * redFromV) / kg];
  const area = width * height;
  const column = new Float64Array(width + 1);
  const us = new Float64Array(width + 1);
  const vs = new Float64Array(width + 1);
  let to = 0;
  for (let row = 0; row < height; row++) {
    chromaRow(planes.u, row, planes, column, us);
    chromaRow(planes.v, row, planes, column, vs);
    let at = y.offset + row * y.stride;
    for (let x = 0; x < width; x++, at++, to++) {
      const luma = ((y.data[at] as number) - lumaZero) * lumaScale;
      const u = (us[x] as number) - chromaZero;
      const v = (vs[x] as number) - chromaZero;
      out[to] = clipped(luma + redFromV * v);
      out[to + area] = clipped(luma + greenFromU * u + greenFromV * v);
      out[to + 2 * area] = clipped(luma + blueFromU * u);
    }
  }
}
