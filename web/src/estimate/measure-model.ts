import type { ModelFigure } from '@clearreel/shared/estimate/figures';
import type { FrameOps, Size } from '@clearreel/shared/frameops/contract';
import type { InferenceHost } from '@clearreel/shared/inference/contract';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { medianSeconds } from './median-seconds.ts';
import { MovingPattern } from './moving-pattern.ts';

/** Time for one model on a slow machine, its loading not counted. */
const budgetSeconds = 2;

const firstTile: Size = { width: 96, height: 64 };
const mostTile: Size = { width: 1536, height: 1024 };

/** Waits for the GPU to have done all it was given: only a comparison gives an answer back. */
export async function finished<Source>(
  ops: Pick<FrameOps<Source, unknown, unknown>, 'compare'>,
  source: Source,
): Promise<void> {
  await ops.compare(source, source, [{ x: 0, y: 0, width: 1, height: 1 }]);
}

/**
 * What a model costs here. Small tiles cost more a pixel than large ones, so tiles grow until the next size would take
 * too long or is larger than any that a job would use.
 */
export async function measureModel<Source, Tile, Picture>(
  ops: FrameOps<Source, Tile, Picture>,
  inference: InferenceHost<Tile>,
  entry: ModelEntry,
  largestTilePixels: number,
  signal: AbortSignal,
): Promise<ModelFigure> {
  const startMs = performance.now();
  const model = await inference.load(entry);
  const seconds = async ({ width, height }: Size, leftSeconds: number) => {
    const sample = new MovingPattern({ width, height }, 1).frame(0);
    const source = await ops.load(sample);
    sample.close();
    const tile = ops.cut(source, { x: 0, y: 0, width, height });
    try {
      return await medianSeconds(
        async () => {
          ops.releaseTile(await model.run(tile));
          await finished(ops, source);
        },
        leftSeconds,
        signal,
      );
    } finally {
      ops.releaseTile(tile);
      ops.releaseSource(source);
    }
  };
  try {
    await seconds({ width: 32, height: 32 }, 0);
    const readyMs = performance.now();
    const leftSeconds = () => budgetSeconds - (performance.now() - readyMs) / 1000;
    let size = firstTile;
    let found = await seconds(size, budgetSeconds / 4);
    for (;;) {
      const next = { width: size.width * 2, height: size.height * 2 };
      const isTooLarge = next.width * next.height > largestTilePixels;
      // Four times the pixels, and at least one run that counts after one that does not.
      const isTooSlow = found * 4 * 2 > leftSeconds();
      if (isTooLarge || isTooSlow || next.width > mostTile.width) break;
      size = next;
      found = await seconds(size, leftSeconds() / 2);
    }
    return {
      secondsPerMegapixel: (found * 1e6) / (size.width * size.height),
      loadSeconds: (readyMs - startMs) / 1000,
    };
  } finally {
    await model.dispose();
  }
}
