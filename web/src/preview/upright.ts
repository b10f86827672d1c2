import type { Size } from '@clearreel/shared/frameops/contract';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import { uprightSize } from '@clearreel/shared/media/upright-size';
import type { Rect } from '@clearreel/shared/tiles/rect';
import type { VideoSample } from 'mediabunny';

/** How a player turns the decoded picture: clockwise by `rotation`, then mirrored left to right where `flip` says so. */
export type Orientation = Pick<VideoFacts, 'rotation' | 'flip'>;

/** Where a rectangle of a decoded picture of `size` lies in the upright one. */
export function uprightRect(rect: Rect, size: Size, orientation: Orientation): Rect {
  const { x, y, width, height } = rect;
  const right = size.width - x - width;
  const below = size.height - y - height;
  const sides = uprightSize(rect, orientation);
  const turned = {
    0: { x, y },
    90: { x: below, y: x },
    180: { x: right, y: below },
    270: { x: y, y: right },
  }[orientation.rotation];
  const { width: fullWidth } = uprightSize(size, orientation);
  return {
    x: orientation.flip ? fullWidth - turned.x - sides.width : turned.x,
    y: turned.y,
    ...sides,
  };
}

/** Where a point of the upright picture, in parts of its sides, lies in the decoded one of `size`, in pixels. */
export function decodedPoint(
  { x, y }: { readonly x: number; readonly y: number },
  { width, height }: Size,
  { rotation, flip }: Orientation,
): { x: number; y: number } {
  const across = flip ? 1 - x : x;
  const part = {
    0: { x: across, y },
    90: { x: y, y: 1 - across },
    180: { x: 1 - across, y: 1 - y },
    270: { x: 1 - y, y: across },
  }[rotation];
  return { x: part.x * width, y: part.y * height };
}

/** Takes over `bitmap`. */
export function turnedUpright(bitmap: ImageBitmap, orientation: Orientation): ImageBitmap {
  if (orientation.rotation === 0 && !orientation.flip) return bitmap;
  try {
    const { width, height } = uprightSize(bitmap, orientation);
    const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
    if (!context) throw new Error('no canvas to draw on');
    // Turned by whole quarters, pixel falls on pixel.
    context.imageSmoothingEnabled = false;
    context.translate(width / 2, height / 2);
    if (orientation.flip) context.scale(-1, 1);
    context.rotate((orientation.rotation * Math.PI) / 180);
    context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
    return context.canvas.transferToImageBitmap();
  } finally {
    bitmap.close();
  }
}

/** A result that `FrameOps` made, or a part of one. Closes the sample. */
export async function resultBitmap(
  sample: VideoSample,
  orientation: Orientation,
): Promise<ImageBitmap> {
  const frame = sample.toVideoFrame();
  try {
    return turnedUpright(await createImageBitmap(frame), orientation);
  } finally {
    frame.close();
    sample.close();
  }
}
