import { imageDimensionsFromData } from 'image-dimensions';
import { type ImageKind, imageKind } from './image-kind.ts';
import type { SequenceImage } from './sequence-image.ts';

/** What the first bytes of a picture say. The size is the stored one, before any turn by EXIF. */
export interface ImageHeader {
  readonly kind: ImageKind;
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly bitDepth: number;
}

const usualHeadBytes = 64 * 1024;
/** Cameras put preview pictures and profiles before the size of a JPEG. */
const longestHeadBytes = 4 * 1024 * 1024;

/** `null` for what is no picture, or one whose start is damaged. */
export async function readImageHeader(image: SequenceImage): Promise<ImageHeader | null> {
  const head = await image.read(usualHeadBytes);
  if (imageKind(head) === null) return null;
  const header = headerOf(head);
  if (header || head.length < usualHeadBytes) return header;
  return headerOf(await image.read(longestHeadBytes));
}

function headerOf(head: Uint8Array): ImageHeader | null {
  const kind = imageKind(head);
  const size = imageDimensionsFromData(head);
  if (kind === null || size === undefined) return null;
  const { width, height } = size;
  return { kind, width, height, ...channelsOf(kind, head) };
}

const pngBitDepthAt = 24;
const pngColourTypeAt = 25;

function channelsOf(kind: ImageKind, head: Uint8Array): { hasAlpha: boolean; bitDepth: number } {
  if (kind === 'jpeg') return { hasAlpha: false, bitDepth: 8 };
  if (kind === 'webp') return { hasAlpha: webpHasAlpha(head), bitDepth: 8 };
  // PNG specification §11.2.1: colour types 4 and 6 have alpha, and up to 8 bits a picture is what 8 bits can show.
  const hasAlpha = ((head[pngColourTypeAt] ?? 0) & 4) !== 0;
  return { hasAlpha, bitDepth: Math.max(8, head[pngBitDepthAt] ?? 8) };
}

/** RFC 9649 §2.7 (the extended header's flag) and §3.4 (`alpha_is_used` of a lossless picture). */
function webpHasAlpha(head: Uint8Array): boolean {
  const chunk = String.fromCharCode(...head.subarray(12, 16));
  if (chunk === 'VP8X') return ((head[20] ?? 0) & 0x10) !== 0;
  return chunk === 'VP8L' && ((head[24] ?? 0) & 0x10) !== 0;
}
