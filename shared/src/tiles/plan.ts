import { ClearReelError } from '../errors/clear-reel-error.ts';
import { because } from '../notices/reasons.ts';
import type { Rect } from './rect.ts';

export interface TileRequest {
  /** The picture that is cut, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels around a core that its result depends on: the model's `receptiveField`. */
  readonly halo: number;
  /** Both sides of every input are multiples of this. */
  readonly multipleOf: number;
  /** Upper limit for width × height of one input, in pixels. */
  readonly maxInputPixels: number;
}

export interface Tile {
  /** What the model is given: inside the picture, the core with its halo as far as the picture reaches. */
  readonly input: Rect;
  /** What of the result is kept, in the picture's coordinates. */
  readonly core: Rect;
}

export interface TilePlan {
  /** Size of every input: one shape, so that a model is compiled once. */
  readonly inputWidth: number;
  readonly inputHeight: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the top left. The cores partition the picture. */
  readonly tiles: readonly Tile[];
}

interface Cut {
  readonly inputLength: number;
  readonly parts: number;
}

/** Length of all inputs when a side is cut into `parts`, or `null` where no multiple of `multipleOf` fits inside. */
function inputLengthOf(length: number, parts: number, halo: number, multipleOf: number) {
  const longestCore = Math.ceil(length / parts);
  const needed = parts === 1 ? length : Math.min(length, longestCore + 2 * halo);
  const rounded = Math.ceil(needed / multipleOf) * multipleOf;
  return rounded <= length ? rounded : null;
}

/** The fewest parts whose inputs are at most `limit` (no more than `length`) long. */
function fewestParts(length: number, limit: number, halo: number, multipleOf: number): Cut | null {
  if (limit === length && length % multipleOf === 0) return { inputLength: length, parts: 1 };
  const longestCore = Math.floor(limit / multipleOf) * multipleOf - 2 * halo;
  if (longestCore < 1) return null;
  const parts = Math.ceil(length / longestCore);
  const inputLength = inputLengthOf(length, parts, halo, multipleOf);
  return inputLength === null ? null : { inputLength, parts };
}

/** Cores of nearly equal length; an input that would leave the picture is shifted inside, never padded. */
function cutSide(length: number, { parts, inputLength }: Cut, halo: number) {
  return Array.from({ length: parts }, (_, index) => {
    const core = Math.floor((index * length) / parts);
    const coreEnd = Math.floor(((index + 1) * length) / parts);
    const input = Math.min(Math.max(core - halo, 0), length - inputLength);
    return { core, coreLength: coreEnd - core, input };
  });
}

/**
 * Cuts a picture into tiles so that enhancing the tiles equals enhancing the picture. Among the grids whose
 * inputs have at most `maxInputPixels` it takes the one that computes the fewest pixels in all.
 *
 * @throws ClearReelError SPEC_INVALID when no such grid exists: the limit is too small for the halo, or the
 * picture is smaller than `multipleOf` (nothing is padded, because padding changes the result).
 */
export function planTiles(request: TileRequest): TilePlan {
  const { width, height, halo, multipleOf, maxInputPixels } = request;
  let best: { columns: Cut; rows: Cut; cost: number } | null = null;
  for (let parts = 1; parts <= width; parts++) {
    const inputLength = inputLengthOf(width, parts, halo, multipleOf);
    if (inputLength === null || inputLength > maxInputPixels) continue;
    const rowLimit = Math.min(height, Math.floor(maxInputPixels / inputLength));
    const rows = fewestParts(height, rowLimit, halo, multipleOf);
    if (rows === null) continue;
    const cost = parts * inputLength * rows.parts * rows.inputLength;
    if (best === null || cost < best.cost) best = { columns: { parts, inputLength }, rows, cost };
  }
  if (best === null) {
    throw new ClearReelError('SPEC_INVALID', {
      option: 'tile size',
      mustBe: because('TILE_TOO_SMALL', { halo, multipleOf, width, height }),
    });
  }
  const xs = cutSide(width, best.columns, halo);
  const ys = cutSide(height, best.rows, halo);
  const inputWidth = best.columns.inputLength;
  const inputHeight = best.rows.inputLength;
  const tiles = ys.flatMap((y) =>
    xs.map((x) => ({
      input: { x: x.input, y: y.input, width: inputWidth, height: inputHeight },
      core: { x: x.core, y: y.core, width: x.coreLength, height: y.coreLength },
    })),
  );
  return { inputWidth, inputHeight, columns: xs.length, rows: ys.length, tiles };
}
