import { describe, expect, test } from 'vitest';
import type { RgbPicture } from './picture.ts';
import { signalShift } from './shift.ts';

/** Brightness at a place in units of the reference's pixels, pixel centres at halves. */
const scene = (x: number, y: number) =>
  128 + 50 * Math.sin(0.45 * x + 0.2 * y) + 40 * Math.sin(0.3 * y - 0.25 * x + 1);

/** The scene seen with `factor` pixels a unit; `place` says where each pixel looks. */
function seen(factor: number, place: (x: number) => number, scaleY = factor): RgbPicture {
  const [width, height] = [Math.round(97 * factor), Math.round(53 * scaleY)];
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = scene(place(((x + 0.5) * 97) / width), ((y + 0.5) * 53) / height);
      data.fill(Math.round(value), (y * width + x) * 3, (y * width + x + 1) * 3);
    }
  }
  return { width, height, data };
}

const reference = seen(1, (x) => x);

describe('reference: signalShift', () => {
  test.each([1, 2, 3, 1.5])('sees no shift in a picture enlarged %d times', (factor) => {
    for (const shift of Object.values(
      signalShift(
        reference,
        seen(factor, (x) => x),
      ),
    )) {
      expect(Math.abs(shift.x)).toBeLessThan(0.02);
      expect(Math.abs(shift.y)).toBeLessThan(0.02);
    }
  });

  test.each([0.1, 0.5, -0.8, 1.6])('measures a shift of %d px to the right', (pixels) => {
    const { left, middle, right } = signalShift(
      reference,
      seen(2, (x) => x - pixels),
    );
    for (const shift of [left, middle, right])
      expect(Math.abs(shift.x - pixels)).toBeLessThan(0.03);
  });

  test('sees a stretch as a shift that grows from left to right', () => {
    const { left, middle, right } = signalShift(
      reference,
      seen(2, (x) => x - (0.8 * x) / 97),
    );
    expect(left.x).toBeCloseTo(0.8 / 6, 1);
    expect(middle.x).toBeCloseTo(0.8 / 2, 1);
    expect(right.x).toBeCloseTo((0.8 * 5) / 6, 1);
  });

  test('is not misled by brightness and contrast', () => {
    const moved = seen(2, (x) => x - 0.4);
    const dim = { ...moved, data: Buffer.from(moved.data.map((value) => value * 0.8 + 20)) };
    expect(Math.abs(signalShift(reference, dim).middle.x - 0.4)).toBeLessThan(0.03);
  });

  test('refuses a picture without detail', () => {
    const flat = { ...reference, data: Buffer.alloc(reference.data.length, 90) };
    expect(() => signalShift(flat, flat)).toThrow(/no detail/);
  });
});
