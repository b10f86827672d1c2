import { chromaRow } from './chroma-row.ts';
import type { YuvPlanes } from './planes.ts';
import type { YuvMatrix } from './yuv-matrix.ts';

const fixedBits = 16;
const fixedOne = 1 << fixedBits;

/** 128 in quarters. */
const chromaZero = 512;

/** Byte at `i + 512` is `i` clipped to 0..255: cheaper than two comparisons a channel. */
const clip = Uint8Array.from({ length: 1280 }, (_, i) => Math.min(255, Math.max(0, i - 512)));

/** The matrix in 1/65536, chroma factors for values in sixteenths. The WGSL conversion takes the same integers. */
export function fixedMatrix(matrix: YuvMatrix): YuvMatrix {
  const sixteenth = (factor: number) => Math.round((factor * fixedOne) / 16);
  return {
    yZero: matrix.yZero,
    ySlope: Math.round(matrix.ySlope * fixedOne),
    redFromV: sixteenth(matrix.redFromV),
    greenFromU: sixteenth(matrix.greenFromU),
    greenFromV: sixteenth(matrix.greenFromV),
    blueFromU: sixteenth(matrix.blueFromU),
  };
}

/** Converts to packed RGBA (R in the lowest byte, A = 255) in fixed point, at most 1 of 255 from exact. */
export function yuvToRgba(planes: YuvPlanes, matrix: YuvMatrix, out: Uint32Array): void {
  const { width, height } = planes;
  const { yZero, ySlope, redFromV, greenFromU, greenFromV, blueFromU } = fixedMatrix(matrix);
  const luma = Int32Array.from(
    { length: 256 },
    (_, value) => ySlope * (value - yZero) + fixedOne / 2,
  );
  const column = new Int32Array(width + 1);
  const us = new Int32Array(width + 1);
  const vs = new Int32Array(width + 1);
  let to = 0;
  for (let row = 0; row < height; row++) {
    chromaRow(planes.u, row, planes, chromaZero, column, us);
    chromaRow(planes.v, row, planes, chromaZero, column, vs);
    let at = planes.y.offset + row * planes.y.stride;
    const lumaData = planes.y.data;
    for (let x = 0; x < width; x++, at++, to++) {
      const y = luma[lumaData[at] as number] as number;
      const u = us[x] as number;
      const v = vs[x] as number;
      const r = clip[((y + redFromV * v) >> fixedBits) + 512] as number;
      const g = clip[((y + greenFromU * u + greenFromV * v) >> fixedBits) + 512] as number;
      const b = clip[((y + blueFromU * u) >> fixedBits) + 512] as number;
      out[to] = (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
    }
  }
}
