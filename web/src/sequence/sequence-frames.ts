import type { Notice } from '@clearreel/shared/media/facts';
import { readError } from '@clearreel/shared/media/read-errors';
import type { IndexedPacket, SourceFrame, TimeSpan } from '@clearreel/shared/media/source';
import { notice } from '@clearreel/shared/notices/notice';
import { VideoSample } from 'mediabunny';
import { decodeImage } from './decode-image.ts';
import { requireSameSize, type SequencePicture } from './survey.ts';

/** Pictures decoded before they are asked for, so that decoding and enhancing go on side by side. */
const picturesAhead = 2;

/** The picture as a sample; `null` where it is damaged. */
export async function readPicture({ image, header }: SequencePicture): Promise<VideoSample | null> {
  if (!header) return null;
  try {
    return new VideoSample(await decodeImage(image, header.kind), { timestamp: 0 });
  } catch (error) {
    const coded = readError(error, 'DECODER_FAILED');
    if (coded.code !== 'DECODER_FAILED') throw coded;
    return null;
  }
}

/** Frames of a span. Those that are damaged are left out and said; the others keep their times. */
export async function* sequenceFrames(
  pictures: readonly SequencePicture[],
  index: readonly IndexedPacket[],
  size: { readonly width: number; readonly height: number },
  { startSeconds, endSeconds }: TimeSpan,
  notices: Notice[],
  signal: AbortSignal,
): AsyncGenerator<SourceFrame> {
  const wanted = [...index.entries()].filter(
    ([, { timestampSeconds }]) =>
      (startSeconds === null || startSeconds <= timestampSeconds) &&
      (endSeconds === null || timestampSeconds < endSeconds),
  );
  const decoding: Promise<VideoSample | null>[] = [];
  let started = 0;
  let lost = 0;
  try {
    for (const [position, packet] of wanted) {
      for (; started < wanted.length && decoding.length <= picturesAhead; started++) {
        const reading = readPicture(pictures[wanted[started]?.[0] ?? 0] as SequencePicture);
        reading.catch(() => {}); // It is awaited below, in its turn.
        decoding.push(reading);
      }
      const sample = (await decoding[0]) ?? null;
      signal.throwIfAborted();
      decoding.shift();
      if (!sample) {
        lost++;
        continue;
      }
      yield checked({ ...packet, sample }, size, pictures[position]?.image.name ?? '');
    }
  } finally {
    for (const each of decoding) (await each.catch(() => null))?.close();
  }
  if (lost > 0)
    notices.push(
      damage(
        lost,
        wanted.map(([, packet]) => packet),
      ),
    );
}

/** Turned by EXIF, pictures of one stored size may still differ. */
function checked(
  frame: SourceFrame,
  size: { readonly width: number; readonly height: number },
  name: string,
): SourceFrame {
  try {
    requireSameSize(name, frame.sample.visibleRect, size);
    return frame;
  } catch (error) {
    frame.sample.close();
    throw error;
  }
}

function damage(lost: number, wanted: readonly IndexedPacket[]): Notice {
  return notice('SPAN_DAMAGED', {
    lost,
    total: wanted.length,
    startSeconds: wanted[0]?.timestampSeconds ?? 0,
    endSeconds: wanted.at(-1)?.timestampSeconds ?? 0,
  });
}
