import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Size } from '@clearreel/shared/frameops/contract';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import type {
  IndexedPacket,
  MediaSource,
  SourceFrame,
  TimeSpan,
} from '@clearreel/shared/media/source';
import { uprightSize } from '@clearreel/shared/media/upright-size';
import { because } from '@clearreel/shared/notices/reasons';

/** The frame that is shown at a time, or, where that one is damaged, the next that can be decoded. */
export async function frameAt(
  source: MediaSource,
  index: readonly IndexedPacket[],
  seconds: number,
  signal: AbortSignal,
): Promise<SourceFrame> {
  const after = index.findIndex(({ timestampSeconds }) => timestampSeconds > seconds);
  const position = after === -1 ? index.length - 1 : Math.max(0, after - 1);
  const startSeconds = index[position]?.timestampSeconds ?? null;
  const nextSeconds = index[position + 1]?.timestampSeconds ?? null;
  const found =
    (await firstFrame(source, { startSeconds, endSeconds: nextSeconds }, signal)) ??
    (nextSeconds === null
      ? null
      : await firstFrame(source, { startSeconds: nextSeconds, endSeconds: null }, signal));
  if (found) return found;
  throw new ClearReelError('DECODER_FAILED', { reason: because('DECODER_SILENT') });
}

async function firstFrame(
  source: MediaSource,
  span: TimeSpan,
  signal: AbortSignal,
): Promise<SourceFrame | null> {
  for await (const frame of source.frames(span, signal)) return frame;
  return null;
}

/** A picture of `size` in the video's shape as a player shows it: turned, and with its pixel aspect. */
export function shownSize(
  video: Pick<VideoFacts, 'rotation' | 'flip' | 'pixelAspect'>,
  size: Size & { readonly pixelAspect?: VideoFacts['pixelAspect'] },
): Size {
  const { num, den } = size.pixelAspect ?? video.pixelAspect;
  const width = Math.max(1, Math.round((size.width * num) / den));
  return uprightSize({ width, height: size.height }, video);
}
