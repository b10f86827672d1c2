import type { Picture } from './picture.ts';

/** Left out at every side, because methods differ there by what they assume outside the picture. */
const BORDER_PX = 8;
const SSIM_RADIUS_PX = 5;
const SSIM_SIGMA_PX = 1.5;

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** ITU-R BT.601 luma, 16..235, without the border: the measure that super-resolution papers report. */
function luma({ width, height, planes }: Picture): Plane {
  const area = width * height;
  const inner = { width: width - 2 * BORDER_PX, height: height - 2 * BORDER_PX };
  const values = Float64Array.from({ length: inner.width * inner.height }, (_, index) => {
    const x = BORDER_PX + (index % inner.width);
    const at = (BORDER_PX + Math.floor(index / inner.width)) * width + x;
    const [r = 0, g = 0, b = 0] = [planes[at], planes[area + at], planes[2 * area + at]];
    return 16 + 65.481 * r + 128.553 * g + 24.966 * b;
  });
  return { ...inner, values };
}

/** Peak signal-to-noise ratio of luma, in dB. */
export function psnrDb(picture: Picture, truth: Picture): number {
  const [a, b] = [luma(picture).values, luma(truth).values];
  const squares = a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}

/** Structural similarity of luma (Wang et al. 2004), mean over windows that lie inside the picture. */
export function ssim(picture: Picture, truth: Picture): number {
  const [a, b] = [luma(picture), luma(truth)];
  const product = (p: Plane, q: Plane): Plane => ({
    ...p,
    values: p.values.map((value, index) => value * (q.values[index] ?? 0)),
  });
  const [meanA, meanB] = [smoothed(a).values, smoothed(b).values];
  const [squareA, squareB, mixed] = [
    smoothed(product(a, a)).values,
    smoothed(product(b, b)).values,
    smoothed(product(a, b)).values,
  ];
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  const map = meanA.map((ma, index) => {
    const mb = meanB[index] ?? 0;
    const spread = (squareA[index] ?? 0) - ma * ma + (squareB[index] ?? 0) - mb * mb;
    const shared = (mixed[index] ?? 0) - ma * mb;
    return ((2 * ma * mb + c1) * (2 * shared + c2)) / ((ma * ma + mb * mb + c1) * (spread + c2));
  });
  return map.reduce((sum, value) => sum + value, 0) / map.length;
}

/** Gaussian mean of every window that lies inside the plane, rows first and then columns. */
function smoothed(plane: Plane): Plane {
  return transposedSmooth(transposedSmooth(plane));
}

function transposedSmooth({ width, height, values }: Plane): Plane {
  const weights = Array.from({ length: 2 * SSIM_RADIUS_PX + 1 }, (_, tap) =>
    Math.exp(-((tap - SSIM_RADIUS_PX) ** 2) / (2 * SSIM_SIGMA_PX ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const inner = width - 2 * SSIM_RADIUS_PX;
  const result = new Float64Array(inner * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < inner; x++) {
      let sum = 0;
      for (const [tap, weight] of weights.entries()) {
        sum += weight * (values[y * width + x + tap] ?? 0);
      }
      result[x * height + y] = sum / total;
    }
  }
  return { width: height, height: inner, values: result };
}
