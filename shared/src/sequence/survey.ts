import { ClearReelError } from '../errors/clear-reel-error.ts';
import { readError } from '../media/read-errors.ts';
import { requireSaneSize } from '../media/video-facts.ts';
import { because } from '../notices/reasons.ts';
import { type ImageHeader, readImageHeader } from './image-header.ts';
import { isNamedAsImage } from './image-kind.ts';
import type { SequenceImage } from './sequence-image.ts';

/** One place of the sequence. */
export interface SequencePicture {
  readonly image: SequenceImage;
  /** `null` where the picture is damaged from its start; its place is kept. */
  readonly header: ImageHeader | null;
}

/** Heads read at the same time. */
const readers = 8;

/** A picture is not longer than this, and what its pixels take: anything else would only fill the memory. */
const longestBytes = ({ width, height }: ImageHeader) => 64 * 1024 * 1024 + 8 * width * height;

/**
 * Reads the head of every picture, so that what is wrong with a sequence is said before any work is done. What is no
 * picture, neither by content nor by name, is left out.
 * @throws ClearReelError `SEQUENCE_SIZES`, `SOURCE_TOO_LARGE`, `SOURCE_UNREADABLE`, `SOURCE_CHANGED`
 */
export async function survey(
  images: readonly SequenceImage[],
  signal: AbortSignal,
  onProgress: () => void,
): Promise<readonly SequencePicture[]> {
  const headers: (ImageHeader | null)[] = [];
  let next = 0;
  const readOn = async () => {
    for (let at = next++; at < images.length; at = next++) {
      signal.throwIfAborted();
      headers[at] = await headerOf(images[at] as SequenceImage);
      onProgress();
    }
  };
  await Promise.all(Array.from({ length: readers }, readOn));
  const pictures = images
    .map((image, at) => ({ image, header: headers[at] ?? null }))
    .filter(({ image, header }) => header !== null || isNamedAsImage(image.name));
  requireOneSize(pictures);
  return pictures;
}

async function headerOf(image: SequenceImage): Promise<ImageHeader | null> {
  try {
    return await readImageHeader(image);
  } catch (error) {
    const coded = readError(error, 'DECODER_FAILED');
    if (coded.code !== 'DECODER_FAILED') throw coded;
    return null;
  }
}

function requireOneSize(pictures: readonly SequencePicture[]): void {
  const first = pictures.find(({ header }) => header !== null)?.header;
  for (const { image, header } of pictures) {
    if (!first || !header) continue;
    requireSaneSize(header.width, header.height);
    requireSameSize(image.name, header, first);
    if (image.bytes > longestBytes(header)) {
      const reason = because('PICTURE_TOO_LONG', { name: image.name, bytes: image.bytes });
      throw new ClearReelError('SOURCE_UNREADABLE', { reason });
    }
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @throws ClearReelError `SEQUENCE_SIZES` */
export function requireSameSize(name: string, { width, height }: Size, first: Size): void {
  if (width === first.width && height === first.height) return;
  throw new ClearReelError('SEQUENCE_SIZES', {
    ...{ name, width, height },
    ...{ firstWidth: first.width, firstHeight: first.height },
  });
}
