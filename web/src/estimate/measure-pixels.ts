import type { PixelFigures } from '@clearreel/shared/estimate/figures';
import { finished } from '@clearreel/shared/estimate/measure-model';
import { medianSeconds } from '@clearreel/shared/estimate/median-seconds';
import { resampleMegataps } from '@clearreel/shared/estimate/pixel-work';
import type { FrameOps } from '@clearreel/shared/frameops/contract';
import { MovingPattern } from './moving-pattern.ts';

const size = { width: 1280, height: 720 };
const larger = { width: 1920, height: 1080 };
const whole = { x: 0, y: 0, ...size };
const megapixels = (size.width * size.height) / 1e6;

const budgetSeconds = 0.25;

/** What the pixel work around a model costs here, each operation alone. */
export async function measurePixels<Source, Tile, Picture>(
  ops: FrameOps<Source, Tile, Picture>,
  signal: AbortSignal,
): Promise<PixelFigures> {
  const pattern = new MovingPattern(size, 2);
  const [sample, otherSample] = [pattern.frame(0), pattern.frame(1)];
  const source = await ops.load(sample);
  const other = await ops.load(otherSample);
  const tile = ops.cut(source, whole);
  const picture = ops.toPicture(source);
  const timed = (work: () => Promise<void>) =>
    medianSeconds(
      async () => {
        await work();
        await finished(ops, source);
      },
      budgetSeconds,
      signal,
    );
  try {
    const load = await timed(async () => {
      const loaded = await ops.load(sample);
      await ops.compare(loaded, other, [whole]);
      ops.releaseSource(loaded);
    });
    const cut = await timed(async () => ops.releaseTile(ops.cut(source, whole)));
    const paste = await timed(async () => ops.paste(tile, whole, picture, 0, 0));
    const emit = await timed(async () => (await ops.toSample(picture, 0, 0.04)).close());
    const resample = await timed(async () => ops.releasePicture(ops.resample(picture, larger)));
    return {
      loadSecondsPerMegapixel: load / megapixels,
      cutSecondsPerMegapixel: cut / megapixels,
      pasteSecondsPerMegapixel: paste / megapixels,
      emitSecondsPerMegapixel: emit / megapixels,
      resampleSecondsPerMegatap: resample / resampleMegataps(size, larger),
    };
  } finally {
    ops.releasePicture(picture);
    ops.releaseTile(tile);
    ops.releaseSource(other);
    ops.releaseSource(source);
    sample.close();
    otherSample.close();
  }
}
