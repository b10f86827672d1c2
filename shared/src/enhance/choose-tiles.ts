import type { FrameOps } from '../frameops/contract.ts';
import { TypedArrayFrameOps } from '../frameops/typed-array.ts';
import type { MediaSource, TimeSpan } from '../media/source.ts';
import type { ModelEntry } from '../models/manifest.ts';
import type { Plan } from '../plan/plan.ts';
import { planTiles, type TilePlan } from '../tiles/plan.ts';

/** Side of a fine tile's core. Smaller ones find more to reuse and spend more on halos. */
const fineCorePx = 128;

/** Consecutive frames looked at, in each of two places of the job. */
const framesPerPlace = 6;

/** Fine tiles must save this much of the computation, because each run of a model has a price of its own. */
const worthwhile = 0.8;

/** Share of the tiles that a frame lets the next one reuse, over the pairs of frames that differ at all. */
async function unchangedTiles<Source, Tile, Picture>(
  ops: FrameOps<Source, Tile, Picture>,
  source: MediaSource,
  span: TimeSpan,
  tiles: TilePlan['tiles'],
  signal: AbortSignal,
): Promise<{ pairs: number; share: number }> {
  const rects = tiles.map(({ input }) => input);
  let previous: Source | null = null;
  let seen = 0;
  let pairs = 0;
  let unchanged = 0;
  try {
    for await (const frame of source.frames(span, signal)) {
      let current: Source;
      try {
        current = await ops.load(frame.sample, frame.isUntagged);
      } finally {
        frame.sample.close();
      }
      if (previous !== null) {
        const differs = await ops.compare(previous, current, rects);
        const same = differs.reduce((count, flag) => count + (flag === 0 ? 1 : 0), 0);
        if (same < rects.length) {
          pairs++;
          unchanged += same;
        }
        ops.releaseSource(previous);
      }
      previous = current;
      if (++seen === framesPerPlace) break;
    }
  } finally {
    if (previous !== null) ops.releaseSource(previous);
  }
  return { pairs, share: pairs === 0 ? 0 : unchanged / (pairs * rects.length) };
}

const computedPixels = ({ tiles, inputWidth, inputHeight }: TilePlan) =>
  tiles.length * inputWidth * inputHeight;

export interface TileChoice {
  /** Largest tile input, in pixels. */
  readonly maxTilePixels: number;
  /** Share of such tiles that a changed frame is expected to leave as they are. */
  readonly unchangedShare: number;
}

/**
 * Largest tile input for a job: the budget, or fine tiles where the source is one in which small parts change (screen
 * recordings, dialogue in animation) and skipping the rest saves more than the halos cost. It is found by looking at a
 * few frames, depends on source and spec alone, and stays fixed for the job, since results of different grids may differ
 * in the last bit.
 */
export async function chooseTiles(
  source: MediaSource,
  plan: Plan,
  model: ModelEntry,
  budgetPixels: number,
  signal: AbortSignal,
): Promise<TileChoice> {
  const { width, height } = source.facts.video;
  const halo = model.receptiveField;
  const finePixels = (fineCorePx + 2 * halo) ** 2;
  const request = { width, height, halo, multipleOf: model.multipleOf };
  const asBudgeted = { maxTilePixels: budgetPixels, unchangedShare: 0 };
  if (width * height <= finePixels || finePixels >= budgetPixels) return asBudgeted;
  const fine = planTiles({ ...request, maxInputPixels: finePixels });
  const coarse = planTiles({ ...request, maxInputPixels: budgetPixels });
  const ops = new TypedArrayFrameOps();
  try {
    const places = [plan.segments[0], plan.segments[plan.segments.length >> 1]];
    let pairs = 0;
    let unchanged = 0;
    for (const place of new Set(places)) {
      if (!place) continue;
      const found = await unchangedTiles(ops, source, place, fine.tiles, signal);
      pairs += found.pairs;
      unchanged += found.share * found.pairs;
    }
    if (pairs === 0) return asBudgeted;
    const unchangedShare = unchanged / pairs;
    const fineCost = computedPixels(fine) * (1 - unchangedShare);
    return fineCost < worthwhile * computedPixels(coarse)
      ? { maxTilePixels: finePixels, unchangedShare }
      : asBudgeted;
  } finally {
    ops.dispose();
  }
}
