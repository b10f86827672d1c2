import type { Tile } from '../tiles/plan.ts';
import type { Rect } from '../tiles/rect.ts';

/** In pixels of the source. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const squaredDistance = ({ x, y, width, height }: Rect, point: Point): number =>
  (x + width / 2 - point.x) ** 2 + (y + height / 2 - point.y) ** 2;

/** The tiles by the distance of their middles to `focus`; as they are where there is none. */
export function nearestFirst(tiles: readonly Tile[], focus: Point | undefined): readonly Tile[] {
  if (!focus) return tiles;
  return [...tiles].sort((a, b) => squaredDistance(a.core, focus) - squaredDistance(b.core, focus));
}
