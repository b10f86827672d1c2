import type { VideoSample } from 'mediabunny';
import type { FrameOps, Size } from '../frameops/contract.ts';
import type { InferenceHost } from '../inference/contract.ts';
import type { ModelEntry } from '../models/manifest.ts';
import type { ModelFigure } from './figures.ts';
import { medianSeconds } from './median-seconds.ts';

/** Time for one model on a slow machine, its loading not counted. */
const budgetSeconds = 2;

/** What one run should take, so that starting threads or shaders does not weigh. */
const aimSeconds = 0.25;

/** GMAC a second to choose the first size by; how fast the machine is comes out of the runs. */
const assumedSpeed = { wasm: 8, webgpu: 200, cuda: 1000, cpu: 20 } as const;

const aspect = 1.5;
const mostPixels = 2_000_000;

/** Waits for the GPU to have done all it was given: only a comparison gives an answer back. */
export async function finished<Source>(
  ops: Pick<FrameOps<Source, unknown, unknown>, 'compare'>,
  source: Source,
): Promise<void> {
  await ops.compare(source, source, [{ x: 0, y: 0, width: 1, height: 1 }]);
}

/** A tile like the job's own where that is small enough to be run a few times, else a smaller one. */
function firstSize(
  entry: ModelEntry,
  provider: InferenceHost<unknown>['provider'],
  tile: Size,
): Size {
  const kMacPerPixel = entry.kMacPerOutputPixel * entry.scale ** 2;
  const pixels = Math.min((aimSeconds * assumedSpeed[provider] * 1e6) / kMacPerPixel, mostPixels);
  return tile.width * tile.height <= 1.5 * pixels ? tile : ofPixels(pixels);
}

const ofPixels = (pixels: number): Size => {
  const height = Math.max(32, Math.round(Math.sqrt(pixels / aspect) / 2) * 2);
  return { width: Math.round((height * aspect) / 2) * 2, height };
};

const pixelsOf = ({ width, height }: Size) => width * height;

/**
 * What a model costs here. Small tiles cost more a pixel than large ones, the more so the busier the machine: so one of
 * a size that takes a while is run, on a fast device a larger one still, up to `tile`, the largest that the job uses.
 * `frameOf` gives a frame of a size, as the host's decoder would.
 */
export async function measureModel<Source, Tile, Picture>(
  ops: FrameOps<Source, Tile, Picture>,
  inference: InferenceHost<Tile>,
  entry: ModelEntry,
  tile: Size,
  frameOf: (size: Size) => VideoSample,
  signal: AbortSignal,
): Promise<ModelFigure> {
  const startMs = performance.now();
  const model = await inference.load(entry);
  const secondsAt = async (size: Size, seconds: number) => {
    const sample = frameOf(size);
    const source = await ops.load(sample);
    sample.close();
    const input = ops.cut(source, { x: 0, y: 0, ...size });
    try {
      return await medianSeconds(
        async () => {
          ops.releaseTile(await model.run(input));
          await finished(ops, source);
        },
        seconds,
        signal,
      );
    } finally {
      ops.releaseTile(input);
      ops.releaseSource(source);
    }
  };
  try {
    await secondsAt({ width: 32, height: 32 }, 0);
    const readyMs = performance.now();
    const leftSeconds = () => budgetSeconds - (performance.now() - readyMs) / 1000;
    let size = firstSize(entry, inference.provider, tile);
    let found = await secondsAt(size, budgetSeconds);
    while (found < aimSeconds / 5 && pixelsOf(size) < pixelsOf(tile) && leftSeconds() > 0) {
      const isNearlyAll = pixelsOf(size) * 4 >= Math.min(pixelsOf(tile), mostPixels);
      size = isNearlyAll ? tile : ofPixels(pixelsOf(size) * 4);
      found = await secondsAt(size, leftSeconds());
    }
    return {
      secondsPerMegapixel: (found * 1e6) / pixelsOf(size),
      loadSeconds: (readyMs - startMs) / 1000,
    };
  } finally {
    await model.dispose();
  }
}
