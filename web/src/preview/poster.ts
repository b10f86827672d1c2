import type { Size } from '@clearreel/shared/frameops/contract';

const thumbnailPx = 320;

/** Mean of R, G and B, of 255. A black frame with some noise lies under it, a night scene above. */
const darkest = 20;

/** Samples of a picture are enough to tell black from the rest. */
const sampled = { width: 32, height: 18 };

function draw(bitmap: ImageBitmap, { width, height }: Size) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no canvas to draw on');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { canvas, context };
}

export function isBlack(bitmap: ImageBitmap): boolean {
  const { width, height } = sampled;
  const { data } = draw(bitmap, sampled).context.getImageData(0, 0, width, height);
  let sum = 0;
  for (let i = 0; i < data.length; i++) if (i % 4 < 3) sum += data[i] as number;
  return sum / (3 * width * height) < darkest;
}

/** `shown` says the shape in which a player shows the picture. */
export function thumbnailOf(bitmap: ImageBitmap, shown: Size): Promise<Blob> {
  const factor = Math.min(1, thumbnailPx / Math.max(shown.width, shown.height));
  const side = (px: number) => Math.max(1, Math.round(px * factor));
  const size = { width: side(shown.width), height: side(shown.height) };
  return draw(bitmap, size).canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 });
}
