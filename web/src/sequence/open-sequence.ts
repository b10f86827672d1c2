import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { IndexedPacket, MediaSource } from '@clearreel/shared/media/source';
import { choice, notice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import type { VideoSample } from 'mediabunny';
import { pictureSeconds, rateFacts } from './frame-rate.ts';
import { numberingGaps } from './numbering.ts';
import { packedImages } from './pack-format.ts';
import type { SequenceContent } from './sequence-content.ts';
import { readPicture, sequenceFrames } from './sequence-frames.ts';
import type { SequenceImage } from './sequence-image.ts';
import { type SequencePicture, survey } from './survey.ts';
import { zipImages } from './zip-images.ts';

/**
 * Opens numbered pictures, packed or in a ZIP, as a video without sound.
 * @throws ClearReelError with the code of what is wrong with the sequence.
 */
export async function openSequence(
  file: File,
  content: SequenceContent,
  framesPerSecond: number,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const images = await imagesOf(file, content, signal, onProgress);
  const pictures = await survey(images, signal, onProgress);
  if (pictures.length === 0) {
    throw new ClearReelError('SOURCE_UNREADABLE', { reason: because('NO_PICTURES') });
  }
  if (pictures.length === 1) throw new ClearReelError('SOURCE_SINGLE_PICTURE');
  const index = pictures.map((_, position): IndexedPacket => {
    const timestampSeconds = pictureSeconds(position, framesPerSecond);
    const durationSeconds = pictureSeconds(position + 1, framesPerSecond) - timestampSeconds;
    return { timestampSeconds, durationSeconds, isKey: true };
  });
  const facts = await describe(file, pictures, framesPerSecond);
  const notices = gapNotices(pictures);
  const closed = new AbortController();
  return {
    facts,
    notices,
    tags: {},
    audio: [],
    packetIndex: async () => index,
    frames: (span, runSignal) =>
      sequenceFrames(
        ...([pictures, index, facts.video, span, notices] as const),
        AbortSignal.any([runSignal, closed.signal]),
      ),
    dispose: () => closed.abort(new ClearReelError('CANCELLED')),
  };
}

function imagesOf(
  file: File,
  content: SequenceContent,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<SequenceImage[]> {
  // Its result would be a video of one frame, which nobody who picks a photo waits for.
  if (content === 'picture') throw new ClearReelError('SOURCE_SINGLE_PICTURE');
  return content === 'zip' ? zipImages(file, signal, onProgress) : packedImages(file);
}

function gapNotices(pictures: readonly SequencePicture[]): Notice[] {
  const gaps = numberingGaps(pictures.map(({ image }) => image.name));
  return gaps ? [notice('SEQUENCE_GAPS', { missing: gaps.missing, after: gaps.after })] : [];
}

async function describe(
  file: File,
  pictures: readonly SequencePicture[],
  framesPerSecond: number,
): Promise<SourceFacts> {
  const { sample, codec } = await firstReadable(pictures);
  const { width, height } = sample.visibleRect;
  const { primaries, transfer, matrix, fullRange } = sample.colorSpace;
  sample.close();
  const headers = pictures.flatMap(({ header }) => header ?? []);
  return {
    container: 'images',
    bytes: file.size,
    durationSeconds: pictureSeconds(pictures.length, framesPerSecond),
    video: {
      ...{ codec, width, height, rotation: 0, flip: false, pixelAspect: { num: 1, den: 1 } },
      colour: {
        ...{ primaries: primaries ?? null, transfer: transfer ?? null },
        ...{ matrix: matrix ?? null, fullRange: fullRange ?? null },
      },
      hdr: false,
      bitDepth: Math.max(...headers.map(({ bitDepth }) => bitDepth)),
      hasAlpha: headers.some(({ hasAlpha }) => hasAlpha),
      languageCode: 'und',
      name: null,
      ...rateFacts(framesPerSecond),
    },
    audio: [],
    demuxer: choice('pictures', 'DEMUXER_PICTURES'),
    decoder: choice('webcodecs', 'DECODER_PICTURES', { codec }),
  };
}

/** Only a decoded picture knows for certain how large it is and what its colours mean. */
async function firstReadable(
  pictures: readonly SequencePicture[],
): Promise<{ sample: VideoSample; codec: string }> {
  for (const picture of pictures) {
    const sample = await readPicture(picture);
    if (sample && picture.header) return { sample, codec: picture.header.kind };
  }
  throw new ClearReelError('SOURCE_NO_FRAMES');
}
