import type { RgbPicture } from './picture.ts';

/** Displacement of a result against its reference, in pixels of the reference; right and down count up. */
export type Shift = { x: number; y: number };

type Luma = { width: number; height: number; data: Float64Array };

/**
 * Sub-pixel displacement in the left, middle and right third, by gradient least squares
 * (Lucas and Kanade, 1981) that also fits gain and offset. The result may have any size: it is
 * averaged down or stretched to the reference's size with the picture's edges kept in place.
 */
export function signalShift(
  reference: RgbPicture,
  result: RgbPicture,
): { left: Shift; middle: Shift; right: Shift } {
  const still = lumaOf(reference);
  const moved = resized(lumaOf(result), still.width, still.height);
  const third = still.width / 3;
  const inThird = (index: number) =>
    shiftWithin(still, moved, Math.round(third * index), Math.round(third * (index + 1)));
  return { left: inThird(0), middle: inThird(1), right: inThird(2) };
}

function lumaOf({ width, height, data }: RgbPicture): Luma {
  const luma = new Float64Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    const [red = 0, green = 0, blue = 0] = data.subarray(i * 3, i * 3 + 3);
    luma[i] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  return { width, height, data: luma };
}

/** Area average, which moves nothing. */
function resized(source: Luma, width: number, height: number): Luma {
  const columns = coverage(source.width, width);
  const rows = coverage(source.height, height);
  const data = new Float64Array(width * height);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      let sum = 0;
      for (const [sy, rowShare] of row) {
        for (const [sx, share] of column) sum += rowShare * share * at(source, sx, sy);
      }
      data[y * width + x] = sum;
    });
  });
  return { width, height, data };
}

/** For each target position, the source positions it covers and their shares. */
function coverage(from: number, to: number): [number, number][][] {
  const step = from / to;
  return Array.from({ length: to }, (_, index) => {
    const [start, end] = [index * step, (index + 1) * step];
    const shares: [number, number][] = [];
    for (let source = Math.floor(start); source < Math.min(from, end); source++) {
      const share = (Math.min(end, source + 1) - Math.max(start, source)) / step;
      if (share > 1e-9) shares.push([source, share]);
    }
    return shares;
  });
}

/** Pixels at the rim, where a result may hold repeated edges. */
const rim = 3;
const rounds = 12;

function shiftWithin(still: Luma, moved: Luma, fromX: number, toX: number): Shift {
  const shift = { x: 0, y: 0 };
  for (let round = 0; round < rounds; round++) {
    const rows: number[][] = [];
    const wanted: number[] = [];
    for (let y = rim; y < still.height - rim; y++) {
      for (let x = Math.max(rim, fromX); x < Math.min(still.width - rim, toX); x++) {
        const [sx, sy] = [x - shift.x, y - shift.y];
        const alongX = (cubicAt(still, sx + 0.5, sy) - cubicAt(still, sx - 0.5, sy)) * -1;
        const alongY = (cubicAt(still, sx, sy + 0.5) - cubicAt(still, sx, sy - 0.5)) * -1;
        rows.push([alongX, alongY, cubicAt(still, sx, sy), 1]);
        wanted.push(at(moved, x, y));
      }
    }
    const [dx = 0, dy = 0, gain = 1] = leastSquares(rows, wanted);
    shift.x += dx / gain;
    shift.y += dy / gain;
    if (Math.hypot(dx, dy) < 1e-4) break;
  }
  return shift;
}

const clamp = (value: number, end: number) => Math.min(Math.max(value, 0), end - 1);

const at = ({ width, height, data }: Luma, x: number, y: number) =>
  data[clamp(y, height) * width + clamp(x, width)] ?? 0;

/** Catmull-Rom interpolation. */
function cubicAt(luma: Luma, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const across = cubicWeights(x - left);
  const down = cubicWeights(y - top);
  let sum = 0;
  down.forEach((weightY, j) => {
    across.forEach((weightX, i) => {
      sum += weightY * weightX * at(luma, left - 1 + i, top - 1 + j);
    });
  });
  return sum;
}

function cubicWeights(t: number): number[] {
  const [t2, t3] = [t * t, t * t * t];
  return [
    (-t3 + 2 * t2 - t) / 2,
    (3 * t3 - 5 * t2 + 2) / 2,
    (-3 * t3 + 4 * t2 + t) / 2,
    (t3 - t2) / 2,
  ];
}

/** Solves the normal equations by Gauss and Jordan's elimination with pivoting. */
function leastSquares(rows: number[][], wanted: number[]): number[] {
  const count = rows[0]?.length ?? 0;
  const system = Array.from({ length: count }, () => new Array<number>(count + 1).fill(0));
  rows.forEach((row, index) => {
    system.forEach((equation, i) => {
      row.forEach((value, j) => {
        equation[j] = (equation[j] ?? 0) + (row[i] ?? 0) * value;
      });
      equation[count] = (equation[count] ?? 0) + (row[i] ?? 0) * (wanted[index] ?? 0);
    });
  });
  for (let pivot = 0; pivot < count; pivot++) {
    const size = (equation: number[]) => Math.abs(equation[pivot] ?? 0);
    const below = system.splice(pivot).sort((a, b) => size(b) - size(a));
    system.push(...below);
    const head = system[pivot] ?? [];
    const lead = head[pivot] ?? 0;
    if (lead === 0) throw new Error('The picture has no detail to measure a shift by');
    for (const equation of system) {
      if (equation === head) continue;
      const factor = (equation[pivot] ?? 0) / lead;
      for (let j = pivot; j <= count; j++)
        equation[j] = (equation[j] ?? 0) - factor * (head[j] ?? 0);
    }
  }
  return system.map((equation, i) => (equation[count] ?? 0) / (equation[i] ?? 1));
}
