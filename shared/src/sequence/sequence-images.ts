import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { ReadableFile } from '../media/readable-file.ts';
import { packedImages } from './pack-format.ts';
import type { SequenceContent } from './sequence-content.ts';
import type { SequenceImage } from './sequence-image.ts';
import { zipImages } from './zip-images.ts';

/**
 * What one file holds that may be pictures, in order.
 * @throws ClearReelError `SOURCE_SINGLE_PICTURE`, `SOURCE_ENCRYPTED`, `SOURCE_UNREADABLE`, `SOURCE_CHANGED`
 */
export async function sequenceImages(
  file: ReadableFile,
  content: SequenceContent,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<SequenceImage[]> {
  // Its result would be a video of one frame, which nobody who picks a photo waits for.
  if (content === 'picture') throw new ClearReelError('SOURCE_SINGLE_PICTURE');
  return content === 'zip' ? zipImages(file, signal, onProgress) : packedImages(file);
}
