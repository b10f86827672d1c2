import { chooseTiles } from '../enhance/choose-tiles.ts';
import { TypedArrayFrameOps } from '../frameops/typed-array.ts';
import type { MediaSource } from '../media/source.ts';
import type { ModelEntry } from '../models/manifest.ts';
import type { Plan, PlannedSegment } from '../plan/plan.ts';
import type { SourceSample } from './job-facts.ts';

/** Consecutive frames looked at, in each of two places. */
const framesPerPlace = 8;

/** A decoder this slow is known well enough. */
const budgetSeconds = 1;

type SampledFrames = Pick<SourceSample, 'decodeSecondsPerFrame' | 'heldShare'>;

/** How fast a source decodes, and how many of its frames only repeat the one before. */
export async function sampleFrames(
  source: MediaSource,
  { segments }: Plan,
  signal: AbortSignal,
): Promise<SampledFrames> {
  const places = new Set([segments[0], segments[segments.length >> 1]]);
  const found = { waits: 0, waitSeconds: 0, pairs: 0, held: 0 };
  for (const place of places) if (place) await samplePlace(source, place, found, signal);
  return {
    decodeSecondsPerFrame: found.waitSeconds / Math.max(1, found.waits),
    heldShare: found.held / Math.max(1, found.pairs),
  };
}

async function samplePlace(
  source: MediaSource,
  place: PlannedSegment,
  found: { waits: number; waitSeconds: number; pairs: number; held: number },
  signal: AbortSignal,
): Promise<void> {
  const ops = new TypedArrayFrameOps();
  const { width, height } = source.facts.video;
  let previous: Awaited<ReturnType<typeof ops.load>> | null = null;
  let seen = 0;
  const startMs = performance.now();
  let waitMs = startMs;
  try {
    for await (const { sample, isUntagged } of source.frames(place, signal)) {
      // The first frame's wait is that of the seek.
      if (seen > 0) {
        found.waits++;
        found.waitSeconds += (performance.now() - waitMs) / 1000;
      }
      const current = await ops.load(sample, isUntagged).finally(() => sample.close());
      if (previous) {
        const [differs] = await ops.compare(previous, current, [{ x: 0, y: 0, width, height }]);
        found.pairs++;
        found.held += differs === 0 ? 1 : 0;
        ops.releaseSource(previous);
      }
      previous = current;
      const isLate = performance.now() - startMs > budgetSeconds * 1000;
      if (++seen === framesPerPlace || isLate) break;
      waitMs = performance.now();
    }
  } finally {
    ops.dispose();
  }
}

/** What the job will find in the source, for one model. */
export async function sampleSource(
  source: MediaSource,
  plan: Plan,
  model: ModelEntry | null,
  budgetPixels: number,
  frames: SampledFrames,
  signal: AbortSignal,
): Promise<SourceSample> {
  const tiles = model
    ? await chooseTiles(source, plan, model, budgetPixels, signal)
    : { maxTilePixels: budgetPixels, unchangedShare: 0 };
  return { ...frames, ...tiles };
}
