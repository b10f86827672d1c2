/** Bytes of an I420 picture: odd sides have one chroma value more than half. */
export const i420Bytes = (width: number, height: number): number =>
  width * height + 2 * ((width + 1) >> 1) * ((height + 1) >> 1);

/**
 * Planar RGB (0..1) to I420, BT.709, limited range (ITU-R BT.709-6). Chroma is the mean of a plain 2×2 box:
 * browsers draw chroma as if it lay between the luma samples, and left-sited taps would shift it.
 */
export function rgbToI420(rgb: Float32Array, width: number, height: number, out: Uint8Array): void {
  const area = width * height;
  const chromaWidth = (width + 1) >> 1;
  const chromaHeight = (height + 1) >> 1;
  for (let i = 0; i < area; i++) {
    const r = rgb[i] as number;
    const g = rgb[i + area] as number;
    const b = rgb[i + 2 * area] as number;
    out[i] = 16.5 + 219 * (0.2126 * r + 0.7152 * g + 0.0722 * b);
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
      const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      out[uAt++] = 128.5 + (224 / 1.8556) * (b - y);
      out[vAt++] = 128.5 + (224 / 1.5748) * (r - y);
    }
  }
}
