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
  for (let i = 0; i < area; i++) {
    const r = rgb[i] as number;
    const g = rgb[i + area] as number;
    const b = rgb[i + 2 * area] as number;
    out[i] = lumaZero + lumaScale * (kr * r + kg * g + kb * b);
  }
  let uAt = area;
  let vAt = area + chromaWidth * chromaHeight;
  for (let row = 0; row < chromaHeight; row++) {
    const top = 2 * row * width;
    const down = 2 * row + 1 < height ? width : 0;
    for (let x = 0; x < width; x += 2) {
      const right = x + 1 < width ? 1 : 0;
      const at = top + x;
      const box = (i: number) =>
        (rgb[i] as number) +
        (rgb[i + right] as number) +
        (rgb[i + down] as number) +
        (rgb[i + down + right] as number);
      const r = 0.25 * box(at);
      const g = 0.25 * box(at + area);
      const b = 0.25 * box(at + 2 * area);
      const y = kr * r + kg * g + kb * b;
      out[uAt++] = chromaZero + fromBlue * (b - y);
      out[vAt++] = chromaZero + fromRed * (r - y);
    }
  }
}
