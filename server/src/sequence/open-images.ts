import type { MediaSource } from '@clearreel/shared/media/source';
import { openSequence } from '@clearreel/shared/sequence/open-sequence';
import { sharpPictures } from './decode-picture.ts';
import { bytesOf, folderImages } from './folder-images.ts';

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
