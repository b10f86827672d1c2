/** Values of one plane; offset and stride count values, `step` lies between two of them. */
interface Values {
  readonly data: Uint8Array | Uint16Array;
  readonly offset: number;
  readonly stride: number;
  readonly step: 1 | 2;
}

interface Subsampling {
  readonly width: number;
  readonly height: number;
  readonly subX: 1 | 2;
  readonly subY: 1 | 2;
}

/**
 * One row of chroma at luma resolution, in sixteenths. Subsampled chroma lies between the luma samples and is
 * interpolated linearly there (3:1), as browsers draw it.
 * @param zero what to take from each value in quarters, so that the row lies around zero
 * @param column one value more than the picture is wide, as is `out`
 */
export function chromaRow(
  { data, offset, stride, step }: Values,
  row: number,
  { width, height, subX, subY }: Subsampling,
  zero: number,
  column: Int32Array | Float64Array,
  out: Int32Array | Float64Array,
): void {
  const columns = subX === 2 ? (width + 1) >> 1 : width;
  const near = subY === 2 ? row >> 1 : row;
  const last = (subY === 2 ? (height + 1) >> 1 : height) - 1;
  const far = subY === 1 ? near : row & 1 ? Math.min(near + 1, last) : Math.max(near - 1, 0);
  let nearAt = offset + near * stride;
  let farAt = offset + far * stride;
  for (let i = 0; i < columns; i++, nearAt += step, farAt += step) {
    column[i] = 3 * (data[nearAt] as number) + (data[farAt] as number) - zero;
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
