import { type RgbPicture, rgbFrame } from './picture.ts';

/** Pixels around a source pixel that must have its colour for it to count as part of a flat bar. */
const flatPx = 2;

/**
 * Largest mean difference of any bar's red, green or blue in the thirteenth frame, bars being told apart by their
 * colour in the source. The result is four times as large.
 */
export async function largestColourError(source: string, path: string): Promise<number> {
  const [wanted, found] = [await rgbFrame(source, 12), await rgbFrame(path, 12)];
  const bars = new Map<string, { count: number; error: number[] }>();
  for (let y = flatPx; y < wanted.height - flatPx; y++) {
    for (let x = flatPx; x < wanted.width - flatPx; x++) {
      if (!isFlat(wanted, x, y)) continue;
      const colour = rgbAt(wanted, x, y);
      const key = colour.map((value) => Math.round(value / 8)).join();
      const bar = bars.get(key) ?? { count: 0, error: [0, 0, 0] };
      bars.set(key, bar);
      bar.count++;
      rgbAt(found, 4 * x + 2, 4 * y + 2).forEach((value, channel) => {
        bar.error[channel] = (bar.error[channel] ?? 0) + value - (colour[channel] ?? 0);
      });
    }
  }
  const large = [...bars.values()].filter(({ count }) => count >= 20);
  if (large.length <= 6) throw new Error(`${source} shows ${large.length} bars`);
  return Math.max(
    ...large.flatMap(({ count, error }) => error.map((sum) => Math.abs(sum / count))),
  );
}

const rgbAt = ({ width, data }: RgbPicture, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

function isFlat(picture: RgbPicture, x: number, y: number): boolean {
  const here = rgbAt(picture, x, y);
  for (let dy = -flatPx; dy <= flatPx; dy++) {
    for (let dx = -flatPx; dx <= flatPx; dx++) {
      const there = rgbAt(picture, x + dx, y + dy);
      if (there.some((value, channel) => Math.abs(value - (here[channel] ?? 0)) > 6)) return false;
    }
  }
  return true;
}
