import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import type { ImageKind } from './image-kind.ts';
import type { SequenceImage } from './sequence-image.ts';

/**
 * A picture as a frame: upright as its EXIF tag says, opaque (transparent parts over black), in sRGB or a JPEG's own
 * Y′CbCr. The caller closes it. Rejects for damaged pictures.
 */
export async function decodeImage(image: SequenceImage, kind: ImageKind): Promise<VideoFrame> {
  const data = await image.read(image.bytes);
  if (data.length < image.bytes) {
    throw new ClearReelError('DECODER_FAILED', { reason: because('PICTURE_CUT_SHORT') });
  }
  const type = `image/${kind}`;
  if (!('ImageDecoder' in globalThis)) {
    const bitmap = await createImageBitmap(new Blob([data], { type }));
    return flattened(bitmap, bitmap);
  }
  const decoder = new ImageDecoder({ data, type });
  try {
    const { image: frame } = await decoder.decode();
    if (isUpright(frame) && !frame.format?.endsWith('A')) return frame;
    return flattened(frame, { width: frame.displayWidth, height: frame.displayHeight });
  } finally {
    decoder.close();
  }
}

/** The turn by EXIF, which TypeScript's library does not know yet. */
type TurnedFrame = VideoFrame & { readonly rotation?: number; readonly flip?: boolean };

const isUpright = ({ rotation = 0, flip = false }: TurnedFrame) => rotation === 0 && !flip;

/** Drawn upright onto black; closes what it draws. */
function flattened(
  picture: VideoFrame | ImageBitmap,
  { width, height }: { width: number; height: number },
): VideoFrame {
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new Error('no canvas of this size');
    context.drawImage(picture, 0, 0);
    return new VideoFrame(canvas, { timestamp: 0, alpha: 'discard' });
  } finally {
    picture.close();
  }
}
