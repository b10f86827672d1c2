import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Size } from '@clearreel/shared/frameops/contract';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import type { MediaSource, SourceFrame } from '@clearreel/shared/media/source';
import { uprightSize } from '@clearreel/shared/media/upright-size';
import type { Picture, PictureWish } from './messages.ts';
import { uprightWebp } from './upright-webp.ts';

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
  try {
    const size = sizeWithin(maxSidePx, sample.visibleRect, video);
    const isClose = maxSidePx === null;
    const look = { size, quality: isClose ? 95 : 80, keepsEdges: isClose };
    const webp = await uprightWebp(sample, video.colour.matrix === null, video, look);
    return { webp, timestampSeconds: timestampSeconds - originSeconds };
  } finally {
    sample.close();
  }
}

/** Upright and in square pixels, no larger than the frame is. */
function sizeWithin(maxSidePx: number | null, { width, height }: Size, video: VideoFacts): Size {
  const { num, den } = video.pixelAspect;
  const wide = (width * num) / den;
  const factor = Math.min(1, (maxSidePx ?? Number.POSITIVE_INFINITY) / Math.max(wide, height));
  const side = (px: number) => Math.max(1, Math.round(px * factor));
  return uprightSize({ width: side(wide), height: side(height) }, video);
}
