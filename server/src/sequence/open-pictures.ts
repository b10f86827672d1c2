import type { ReadableFile } from '@clearreel/shared/media/readable-file';
import type { MediaSource } from '@clearreel/shared/media/source';
import { openSequence } from '@clearreel/shared/sequence/open-sequence';
import type { SequenceContent } from '@clearreel/shared/sequence/sequence-content';
import { sequenceImages } from '@clearreel/shared/sequence/sequence-images';
import { sharpPictures } from './decode-picture.ts';
import { bytesOf, folderImages } from './folder-images.ts';

/** Opens pictures that are packed or in a ZIP. @throws ClearReelError with the code of what is wrong with them. */
export async function openPictures(
  file: ReadableFile,
  content: SequenceContent,
  framesPerSecond: number,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const images = await sequenceImages(file, content, signal, onProgress);
  const options = { images, bytes: file.size, framesPerSecond, decoder: sharpPictures };
  return openSequence(options, signal, onProgress);
}

/** Opens the pictures of a folder where they lie. @throws ClearReelError with the code of what is wrong with them. */
export async function openFolder(
  path: string,
  framesPerSecond: number,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const images = await folderImages(path);
  const options = { images, bytes: bytesOf(images), framesPerSecond, decoder: sharpPictures };
  return openSequence(options, signal, onProgress);
}
