import type { LumaWeights } from './yuv-matrix.ts';

/** Values of an I420 picture of any depth: odd sides have one chroma value more than half. */
export const i420Values = (width: number, height: number): number =>
  width * height + 2 * ((width + 1) >> 1) * ((height + 1) >> 1);

/**
 * Planar R′G′B′ (0..1) to I420, limited range (ITU-R BT.2100-2, Table 9). Chroma is the mean of a plain 2×2 box:
 * browsers draw chroma as if it lay between the luma samples, and left-sited taps would shift it.
 * @param out 8 bits a value, or 10 in the low ones of 16
 */
export function rgbToI420(
  rgb: Float32Array,
  width: number,
  height: number,
  { kr, kb }: LumaWeights,
  out: Uint8Array | Uint16Array,
): void {
  const step = out instanceof Uint16Array ? 4 : 1;
  const kg = 1 - kr - kb;
  const area = width * height;
  const chromaWidth = (width + 1) >> 1;
  const chromaHeight = (height + 1) >> 1;
  // With half a step for rounding, since storing cuts off.
  const lumaZero = 16 * step + 0.5;
  const chromaZero = 128 * step + 0.5;
  const lumaScale = 219 * step;
  const fromBlue = (224 * step) / (2 * (1 - kb));
  const fromRed = (224 * step) / (2 * (1 - kr));
  // Both from one reading: memory, not arithmetic, is what this waits for.
  let uAt = area;
  let vAt = area + chromaWidth * chromaHeight;
  for (let row = 0; row < chromaHeight; row++) {
    const top = 2 * row * width;
    const down = 2 * row + 1 < height ? width : 0;
    for (let x = 0; x < width; x += 2) {
      // At an odd edge the last value stands for the one that is missing, and is written twice.
      const i0 = top + x;
      const i1 = i0 + (x + 1 < width ? 1 : 0);
      const i2 = i0 + down;
      const i3 = i1 + down;
      const r0 = rgb[i0] as number;
      const r1 = rgb[i1] as number;
      const r2 = rgb[i2] as number;
      const r3 = rgb[i3] as number;
      const g0 = rgb[i0 + area] as number;
      const g1 = rgb[i1 + area] as number;
      const g2 = rgb[i2 + area] as number;
      const g3 = rgb[i3 + area] as number;
      const b0 = rgb[i0 + 2 * area] as number;
      const b1 = rgb[i1 + 2 * area] as number;
      const b2 = rgb[i2 + 2 * area] as number;
      const b3 = rgb[i3 + 2 * area] as number;
      out[i0] = lumaZero + lumaScale * (kr * r0 + kg * g0 + kb * b0);
      out[i1] = lumaZero + lumaScale * (kr * r1 + kg * g1 + kb * b1);
      out[i2] = lumaZero + lumaScale * (kr * r2 + kg * g2 + kb * b2);
      out[i3] = lumaZero + lumaScale * (kr * r3 + kg * g3 + kb * b3);
      const r = 0.25 * (r0 + r1 + r2 + r3);
      const g = 0.25 * (g0 + g1 + g2 + g3);
      const b = 0.25 * (b0 + b1 + b2 + b3);
      const y = kr * r + kg * g + kb * b;
      out[uAt++] = chromaZero + fromBlue * (b - y);
      out[vAt++] = chromaZero + fromRed * (r - y);
    }
  }
}
