import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { MediaSource, SourceFrame } from '@clearreel/shared/media/source';
import sharp from 'sharp';
import type { Picture, PictureWish } from './messages.ts';

/** Times that are rounded differently in two containers still mean the same frame. */
const toleranceSeconds = 0.002;

/** When the frame begins that is shown at a moment. */
async function startOfFrame(
  source: MediaSource,
  atSeconds: number,
  signal: AbortSignal,
): Promise<number | null> {
  const packets = await source.packetIndex(signal);
  const before = packets.findLast(
    ({ timestampSeconds }) => timestampSeconds <= atSeconds + toleranceSeconds,
  );
  return (before ?? packets[0])?.timestampSeconds ?? null;
}

/** The first that can be decoded from there on, else the first of all. */
async function frameFrom(
  source: MediaSource,
  startSeconds: number | null,
  signal: AbortSignal,
): Promise<SourceFrame> {
  for (const from of new Set([startSeconds, null])) {
    for await (const frame of source.frames({ startSeconds: from, endSeconds: null }, signal)) {
      return frame;
    }
  }
  throw new ClearReelError('SOURCE_NO_FRAMES');
}

/** One frame as a picture as one sees it: turned, with square pixels. */
export async function pictureOf(
  source: MediaSource,
  { atSeconds, maxSidePx }: PictureWish,
  signal: AbortSignal,
): Promise<Picture> {
  const { durationSeconds, originSeconds = 0, video } = source.facts;
  const wanted = originSeconds + (atSeconds ?? durationSeconds / 2);
  const { sample, timestampSeconds } = await frameFrom(
    source,
    await startOfFrame(source, wanted, signal),
    signal,
  );
  const ops = new TypedArrayFrameOps();
  try {
    const { width, height, rgba } = await ops.load(sample, video.colour.matrix === null);
    const { num, den } = video.pixelAspect;
    const squareWidth = Math.round((width * num) / den);
    const square = sharp(Buffer.from(rgba.buffer, rgba.byteOffset, width * height * 4), {
      raw: { width, height, channels: 4 },
    }).resize(squareWidth, height, { fit: 'fill' });
    const turned = sharp(await square.raw().toBuffer(), {
      raw: { width: squareWidth, height, channels: 4 },
    }).rotate(video.rotation);
    const { data, info } = await turned.raw().toBuffer({ resolveWithObject: true });
    const webp = await sharp(data, { raw: info })
      .removeAlpha()
      // Mirrored after it was turned, in a step of its own: sharp has an order of its own within one.
      .flop(video.flip)
      .resize({
        width: maxSidePx ?? info.width,
        height: maxSidePx ?? info.height,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .webp(maxSidePx === null ? { quality: 95, smartSubsample: true } : { quality: 80 })
      .toBuffer();
    return { webp, timestampSeconds: timestampSeconds - originSeconds };
  } finally {
    sample.close();
    ops.dispose();
  }
}
