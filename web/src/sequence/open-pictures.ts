import type { MediaSource } from '@clearreel/shared/media/source';
import { openSequence } from '@clearreel/shared/sequence/open-sequence';
import type { SequenceContent } from '@clearreel/shared/sequence/sequence-content';
import { sequenceImages } from '@clearreel/shared/sequence/sequence-images';
import { browserPictures } from './decode-image.ts';

/** Opens pictures that are packed or in a ZIP. @throws ClearReelError with the code of what is wrong with them. */
export async function openPictures(
  file: File,
  content: SequenceContent,
  framesPerSecond: number,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const images = await sequenceImages(file, content, signal, onProgress);
  const options = { images, bytes: file.size, framesPerSecond, decoder: browserPictures };
  return openSequence(options, signal, onProgress);
}
