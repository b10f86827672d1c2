import { chromaRow } from './chroma-row.ts';
import type { DeepPlanes } from './deep-planes.ts';
import type { LumaWeights } from './yuv-matrix.ts';

/** Most of 16 bits. */
export const deepOne = 65535;

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
    chromaRow(planes.u, row, planes, 0, column, us);
    chromaRow(planes.v, row, planes, 0, column, vs);
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
