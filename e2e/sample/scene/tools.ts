export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
export type Point = readonly [x: number, y: number];

/** A number from 0 to 1 for each call, the same ones on every run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const mix = (from: number, to: number, part: number): number => from + (to - from) * part;

export const hsl = (hue: number, saturation: number, lightness: number, alpha = 1): string =>
  `hsl(${hue} ${saturation}% ${lightness}% / ${alpha})`;

export function box(context: Context, fill: string, x: number, y: number, w: number, h: number) {
  context.fillStyle = fill;
  context.fillRect(x, y, w, h);
}

export function disc(context: Context, fill: string, x: number, y: number, rx: number, ry = rx) {
  context.fillStyle = fill;
  context.beginPath();
  context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
  context.fill();
}

export function shape(context: Context, fill: string | CanvasGradient, path: string) {
  context.fillStyle = fill;
  context.fill(new Path2D(path));
}

/** A stroke with round ends through the points. */
export function line(context: Context, colour: string, width: number, points: readonly Point[]) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
}

export function curve(context: Context, colour: string, width: number, path: string) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(new Path2D(path));
}

/** Colours from top to bottom, or from left to right where `across`. */
export function gradient(
  context: Context,
  [from, to]: Point,
  stops: readonly (readonly [at: number, colour: string])[],
  across = false,
): CanvasGradient {
  const made = across
    ? context.createLinearGradient(from, 0, to, 0)
    : context.createLinearGradient(0, from, 0, to);
  for (const [at, colour] of stops) made.addColorStop(at, colour);
  return made;
}

/** A soft round light, to be drawn with `lighter` or `soft-light`. */
export function glow(
  context: Context,
  x: number,
  y: number,
  radius: number,
  rgb: string,
  alpha = 1,
) {
  const light = context.createRadialGradient(x, y, 0, x, y, radius);
  light.addColorStop(0, `rgb(${rgb} / ${alpha})`);
  light.addColorStop(0.35, `rgb(${rgb} / ${alpha * 0.4})`);
  light.addColorStop(1, `rgb(${rgb} / 0)`);
  context.fillStyle = light;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}
