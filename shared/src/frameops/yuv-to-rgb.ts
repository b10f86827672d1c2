import type { Plane, YuvPlanes } from './planes.ts';
import type { YuvMatrix } from './yuv-matrix.ts';

const fixedBits = 16;
const fixedOne = 1 << fixedBits;

/** Byte at `i + 512` is `i` clipped to 0..255: cheaper than two comparisons a channel. */
const clip = Uint8Array.from({ length: 1280 }, (_, i) => Math.min(255, Math.max(0, i - 512)));

/**
 * One row of chroma at luma resolution, in sixteenths and around zero. Subsampled chroma lies between the
 * luma samples and is interpolated linearly there (3:1), as browsers draw it.
 */
function chromaRow(
  plane: Plane,
  row: number,
  width: number,
  height: number,
  subX: 1 | 2,
  subY: 1 | 2,
  column: Int32Array,
  out: Int32Array,
): void {
  const { data, offset, stride, step } = plane;
  const columns = subX === 2 ? (width + 1) >> 1 : width;
  const near = subY === 2 ? row >> 1 : row;
  const last = (subY === 2 ? (height + 1) >> 1 : height) - 1;
  const far = subY === 1 ? near : row & 1 ? Math.min(near + 1, last) : Math.max(near - 1, 0);
  let nearAt = offset + near * stride;
  let farAt = offset + far * stride;
  for (let i = 0; i < columns; i++, nearAt += step, farAt += step) {
    column[i] = 3 * (data[nearAt] as number) + (data[farAt] as number) - 512;
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
  const { width, height, subX, subY } = planes;
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
    chromaRow(planes.u, row, width, height, subX, subY, column, us);
    chromaRow(planes.v, row, width, height, subX, subY, column, vs);
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
