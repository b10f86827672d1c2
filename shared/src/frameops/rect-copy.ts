import type { Rect } from '../tiles/rect.ts';
import type { FloatTile } from './float-tiles.ts';

/** An 8-bit picture: packed RGBA, R in the lowest byte, A = 255. */
export interface RgbaSource {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint32Array;
}

/** A float32 picture: the planes R, G, B one after the other, 0..1. */
export interface FloatPicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
}

/** A table, so that every implementation rounds value / 255 to the same float. */
const unit = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** Unpacks `rect` of the source into three planes. */
export function unpackRect(source: RgbaSource, rect: Rect, to: Float32Array): void {
  const area = rect.width * rect.height;
  let at = 0;
  for (let y = 0; y < rect.height; y++) {
    let from = (rect.y + y) * source.width + rect.x;
    for (let x = 0; x < rect.width; x++, at++) {
      const pixel = source.rgba[from++] as number;
      to[at] = unit[pixel & 255] as number;
      to[at + area] = unit[(pixel >> 8) & 255] as number;
      to[at + 2 * area] = unit[(pixel >> 16) & 255] as number;
    }
  }
}

/** Copies `from` of a tile to (`x`, `y`) of the picture, clipped to 0..1 (NaN becomes 0). */
export function pasteRect(
  tile: FloatTile,
  from: Rect,
  picture: FloatPicture,
  x: number,
  y: number,
): void {
  for (let plane = 0; plane < 3; plane++) {
    for (let row = 0; row < from.height; row++) {
      let at = (plane * tile.height + from.y + row) * tile.width + from.x;
      let to = (plane * picture.height + y + row) * picture.width + x;
      for (const end = at + from.width; at < end; at++, to++) {
        const value = tile.data[at] as number;
        picture.rgb[to] = value > 0 ? Math.min(value, 1) : 0;
      }
    }
  }
}

/** Copies `rect` of the picture to the whole of `part`. */
export function cropRect(picture: FloatPicture, rect: Rect, part: FloatPicture): void {
  for (let plane = 0; plane < 3; plane++) {
    for (let row = 0; row < rect.height; row++) {
      const from = (plane * picture.height + rect.y + row) * picture.width + rect.x;
      const to = (plane * rect.height + row) * rect.width;
      part.rgb.set(picture.rgb.subarray(from, from + rect.width), to);
    }
  }
}

/** Moves each value to its share of `over`; written so that 0 and 1 are exact. */
export function blendRgb(rgb: Float32Array, over: Float32Array, share: number): void {
  const rest = 1 - share;
  for (let at = 0; at < rgb.length; at++) {
    rgb[at] = rest * (rgb[at] as number) + share * (over[at] as number);
  }
}

/** Whether any pixel inside `rect` differs. */
export function differsIn(a: RgbaSource, b: RgbaSource, rect: Rect): boolean {
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const start = y * a.width + rect.x;
    for (let at = start; at < start + rect.width; at++) {
      if (a.rgba[at] !== b.rgba[at]) return true;
    }
  }
  return false;
}
