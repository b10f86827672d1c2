import type { VideoSample } from 'mediabunny';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { Notice, SourceFacts } from '../media/facts.ts';
import type { IndexedPacket, MediaSource } from '../media/source.ts';
import { choice, notice } from '../notices/notice.ts';
import { because } from '../notices/reasons.ts';
import { pictureSeconds, rateFacts } from './frame-rate.ts';
import { numberingGaps } from './numbering.ts';
import type { PictureDecoder } from './picture-decoder.ts';
import { readPicture, sequenceFrames } from './sequence-frames.ts';
import type { SequenceImage } from './sequence-image.ts';
import { type SequencePicture, survey } from './survey.ts';

export interface SequenceOptions {
  /** In order. */
  readonly images: readonly SequenceImage[];
  /** Of whatever holds them. */
  readonly bytes: number;
  readonly framesPerSecond: number;
  readonly decoder: PictureDecoder;
}

/**
 * Opens numbered pictures as a video without sound.
 * @throws ClearReelError with the code of what is wrong with the sequence.
 */
export async function openSequence(
  options: SequenceOptions,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const { images, framesPerSecond, decoder } = options;
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
  const facts = await describe(options, pictures);
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
        { pictures, index, decoder, size: facts.video, notices },
        span,
        AbortSignal.any([runSignal, closed.signal]),
      ),
    dispose: () => closed.abort(new ClearReelError('CANCELLED')),
  };
}

function gapNotices(pictures: readonly SequencePicture[]): Notice[] {
  const gaps = numberingGaps(pictures.map(({ image }) => image.name));
  return gaps ? [notice('SEQUENCE_GAPS', { missing: gaps.missing, after: gaps.after })] : [];
}

async function describe(
  { bytes, framesPerSecond, decoder }: SequenceOptions,
  pictures: readonly SequencePicture[],
): Promise<SourceFacts> {
  const { sample, codec } = await firstReadable(pictures, decoder);
  const { width, height } = sample.visibleRect;
  const { primaries, transfer, matrix, fullRange } = sample.colorSpace;
  sample.close();
  const headers = pictures.flatMap(({ header }) => header ?? []);
  return {
    container: 'images',
    bytes,
    durationSeconds: pictureSeconds(pictures.length, framesPerSecond),
    video: {
      ...{ codec, width, height, rotation: 0, flip: false, pixelAspect: { num: 1, den: 1 } },
      colour: {
        ...{ primaries: primaries ?? null, transfer: transfer ?? null },
        ...{ matrix: matrix ?? null, fullRange: fullRange ?? null },
      },
      hdr: false,
      // Not spread into `Math.max`, which takes some hundred thousand at most.
      bitDepth: headers.reduce((most, { bitDepth }) => Math.max(most, bitDepth), 0),
      hasAlpha: headers.some(({ hasAlpha }) => hasAlpha),
      languageCode: 'und',
      name: null,
      ...rateFacts(framesPerSecond),
    },
    audio: [],
    demuxer: choice('pictures', 'DEMUXER_PICTURES'),
    decoder: decoder.choice(codec),
  };
}

/** Only a decoded picture knows for certain how large it is and what its colours mean. */
async function firstReadable(
  pictures: readonly SequencePicture[],
  decoder: PictureDecoder,
): Promise<{ sample: VideoSample; codec: string }> {
  for (const picture of pictures) {
    const sample = await readPicture(picture, decoder);
    if (sample && picture.header) return { sample, codec: picture.header.kind };
  }
  throw new ClearReelError('SOURCE_NO_FRAMES');
}
