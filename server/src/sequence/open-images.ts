import type { MediaSource } from '@clearreel/shared/media/source';
import { openSequence } from '@clearreel/shared/sequence/open-sequence';
import type { SourcePath } from '../media/source-path.ts';
import { sharpPictures } from './decode-picture.ts';
import { bytesOf, imagesAt } from './images-at.ts';

/** Opens pictures where they lie. @throws ClearReelError with the code of what is wrong with them. */
export async function openImages(
  path: SourcePath,
  framesPerSecond: number,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const images = await imagesAt(path);
  const options = { images, bytes: bytesOf(images), framesPerSecond, decoder: sharpPictures };
  return openSequence(options, signal, onProgress);
}
