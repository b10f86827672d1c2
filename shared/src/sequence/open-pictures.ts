import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { ReadableFile } from '../media/readable-file.ts';
import type { MediaSource } from '../media/source.ts';
import { openSequence, type SequenceOptions } from './open-sequence.ts';
import { packedImages } from './pack-format.ts';
import type { SequenceContent } from './sequence-content.ts';
import { zipImages } from './zip-images.ts';

export interface PicturesOptions extends Pick<SequenceOptions, 'framesPerSecond' | 'decoder'> {
  /** What the file is by its bytes. */
  readonly content: SequenceContent;
}

/** Opens pictures that are packed or in a ZIP. @throws ClearReelError with the code of what is wrong with them. */
export async function openPictures(
  file: ReadableFile,
  { content, ...options }: PicturesOptions,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  // Its result would be a video of one frame, which nobody who picks a photo waits for.
  if (content === 'picture') throw new ClearReelError('SOURCE_SINGLE_PICTURE');
  const images =
    content === 'zip' ? await zipImages(file, signal, onProgress) : await packedImages(file);
  return openSequence({ ...options, images, bytes: file.size }, signal, onProgress);
}
