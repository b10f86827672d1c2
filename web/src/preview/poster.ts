import type { Size } from '@clearreel/shared/frameops/contract';
import { uprightSize } from '@clearreel/shared/media/upright-size';
import { newMessages } from './new-messages.ts';
import { type Orientation, turnedUpright } from './upright.ts';

const thumbnailPx = 320;

/** Mean of R, G and B, of 255. A black frame with some noise lies under it, a night scene above. */
const darkest = 20;

/** So many pixels are enough to tell black from the rest. */
const sampled = 4000;

export function isBlack({ data, width, height }: ImageData): boolean {
  const pixels = width * height;
  // Odd: widths are mostly powers of two with a small factor, of which an even step would see few columns.
  const step = Math.max(1, Math.floor(pixels / sampled)) | 1;
  let sum = 0;
  let count = 0;
  for (let at = 0; at < pixels; at += step, count++) {
    sum += (data[4 * at] ?? 0) + (data[4 * at + 1] ?? 0) + (data[4 * at + 2] ?? 0);
  }
  return sum / (3 * count) < darkest;
}

/** A JPEG, upright, of the picture as the decoder gives it. `shown` says the shape in which a player shows it. */
export async function thumbnailOf(
  image: ImageData,
  orientation: Orientation,
  shown: Size,
): Promise<Blob> {
  // The poster itself goes to the page first.
  await newMessages();
  const factor = Math.min(1, thumbnailPx / Math.max(shown.width, shown.height));
  const side = (px: number) => Math.max(1, Math.round(px * factor));
  const size = { width: side(shown.width), height: side(shown.height) };
  const turned = uprightSize(size, orientation);
  const small = await createImageBitmap(image, {
    ...{ resizeWidth: turned.width, resizeHeight: turned.height, resizeQuality: 'medium' },
  });
  const canvas = new OffscreenCanvas(size.width, size.height);
  // Kept in memory: a context on the GPU takes tenths of a second to begin with.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no canvas to draw on');
  const bitmap = turnedUpright(small, orientation);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 });
}
