import type { VideoSample } from 'mediabunny';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { Notice } from '../media/facts.ts';
import { readError } from '../media/read-errors.ts';
import type { IndexedPacket, SourceFrame, TimeSpan } from '../media/source.ts';
import { notice } from '../notices/notice.ts';
import { because } from '../notices/reasons.ts';
import type { PictureDecoder } from './picture-decoder.ts';
import { requireSameSize, type SequencePicture } from './survey.ts';

/** Pictures decoded before they are asked for, so that decoding and enhancing go on side by side. */
const picturesAhead = 2;

/** The picture as a sample; `null` where it is damaged. */
export async function readPicture(
  { image, header }: SequencePicture,
  decoder: PictureDecoder,
): Promise<VideoSample | null> {
  if (!header) return null;
  try {
    const bytes = await image.read(image.bytes);
    if (bytes.length < image.bytes) {
      throw new ClearReelError('DECODER_FAILED', { reason: because('PICTURE_CUT_SHORT') });
    }
    return await decoder.decode(bytes, header.kind);
  } catch (error) {
    const coded = readError(error, 'DECODER_FAILED');
    if (coded.code !== 'DECODER_FAILED') throw coded;
    return null;
  }
}

export interface Sequence {
  readonly pictures: readonly SequencePicture[];
  /** One packet a picture. */
  readonly index: readonly IndexedPacket[];
  readonly decoder: PictureDecoder;
  readonly size: { readonly width: number; readonly height: number };
  /** Where damage is said. */
  readonly notices: Notice[];
}

/** Frames of a span. Those that are damaged are left out and said; the others keep their times. */
export async function* sequenceFrames(
  { pictures, index, decoder, size, notices }: Sequence,
  { startSeconds, endSeconds }: TimeSpan,
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
        const next = pictures[wanted[started]?.[0] ?? 0] as SequencePicture;
        const reading = readPicture(next, decoder);
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
function checked(frame: SourceFrame, size: Sequence['size'], name: string): SourceFrame {
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
