import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { openFirstThatReads, withNotice } from '@clearreel/shared/media/open-first-that-reads';
import { readError } from '@clearreel/shared/media/read-errors';
import type { MediaSource } from '@clearreel/shared/media/source';
import { notice } from '@clearreel/shared/notices/notice';
import { openPictures } from '@clearreel/shared/sequence/open-pictures';
import { sequenceContent } from '@clearreel/shared/sequence/sequence-content';
import { usualFramesPerSecond } from '@clearreel/shared/spec/sequence-rate';
import { sharpPictures } from '../sequence/decode-picture.ts';
import { openImages } from '../sequence/open-images.ts';
import { type FrameChanges, withChangedFrames } from './changed-frames.ts';
import { openWithMediabunny } from './container-source.ts';
import { withFfmpegSound } from './ffmpeg-sound.ts';
import { openWithFfmpeg } from './ffmpeg-source.ts';
import { prepareFfmpeg } from './prepare-ffmpeg.ts';
import type { SourcePath } from './source-path.ts';

/** What a job says of its source. */
export interface OpenOptions extends FrameChanges {
  /** Of an image sequence; videos have their own times. */
  readonly framesPerSecond?: number | undefined;
}

/**
 * Opens any file that FFmpeg or mediabunny can read: mediabunny first, as in the browser, so that both give the same
 * timestamps. Numbered pictures come in one file; in a folder or one by one only the command line is given them.
 * `onProgress` is called whenever reading got on, since the index of a large file takes long.
 * @throws ClearReelError with the code of what is wrong with the file.
 */
export async function openSource(
  path: SourcePath,
  name: string,
  options: OpenOptions,
  signal: AbortSignal,
  onProgress: () => void = () => {},
): Promise<MediaSource> {
  prepareFfmpeg();
  const { framesPerSecond = usualFramesPerSecond } = options;
  if (typeof path !== 'string' || (await stat(path)).isDirectory()) {
    return openImages(path, framesPerSecond, signal, onProgress);
  }
  const file = await openAsBlob(path);
  if (file.size === 0) throw new ClearReelError('SOURCE_EMPTY');
  const content = await sequenceContent(file, { name }).catch((error: unknown) => {
    throw readError(error, 'SOURCE_UNREADABLE');
  });
  if (content) {
    const options = { content, framesPerSecond, decoder: sharpPictures };
    return openPictures(file, options, signal, onProgress);
  }
  const ffmpeg = () => openWithFfmpeg(path, file.size, signal, onProgress);
  const mediabunny = async () => {
    try {
      const source = await openWithMediabunny(path, file, signal, onProgress);
      return await withFfmpegSound(source, path);
    } catch (error) {
      if (!isDecoderMissing(error)) throw error;
      return ffmpeg().catch((other) => {
        // mediabunny has read what the codec is called.
        throw isDecoderMissing(other) ? error : other;
      });
    }
  };
  const source = await openFirstThatReads(file, { mediabunny, ffmpeg }, signal);
  const index = await source.packetIndex(signal);
  return withChangedFrames(proposingDeinterlacing(source, options), index, options);
}

function proposingDeinterlacing(source: MediaSource, { deinterlace }: OpenOptions): MediaSource {
  if (deinterlace || !source.facts.video.isInterlaced) return source;
  return withNotice(source, notice('INTERLACED'));
}

const isDecoderMissing = (error: unknown) =>
  error instanceof ClearReelError && error.code === 'DECODER_MISSING';
