import type { Size } from '@clearreel/shared/frameops/contract';
import { untaggedBt709Lines } from '@clearreel/shared/frameops/yuv-matrix';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import { VideoSample } from 'mediabunny';
import { engineImage } from '../media/engine-image.ts';

const widestPx = 1280;

/** Upright, in square pixels, at most 1280 wide: the size in which frames of the result are shown. */
function shownSize({ width, height, pixelAspect, rotation }: VideoFacts, output: Size): Size {
  const aspect = (width * pixelAspect.num) / (height * pixelAspect.den);
  const isTurned = rotation === 90 || rotation === 270;
  const wide = isTurned ? output.height : output.height * aspect;
  const high = isTurned ? output.height * aspect : output.height;
  const factor = Math.min(1, widestPx / wide);
  const side = (px: number) => Math.max(1, Math.round(px * factor));
  return { width: side(wide), height: side(high) };
}

/** Draws frames of source and result alike. `null` where one cannot be drawn: a picture is worth no failure. */
export function pictureMaker(video: VideoFacts, output: Size) {
  const { width, height } = shownSize(video, output);
  const { rotation, flip } = video;
  return async (sample: VideoSample, isUntagged = false): Promise<ImageBitmap | null> => {
    try {
      const isGuessed = isUntagged && sample.visibleRect.height < untaggedBt709Lines;
      const shown = isGuessed ? await asEngineReads(sample) : sample.clone();
      try {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d', { alpha: false });
        if (!context) return null;
        shown.drawWithFit(context, { fit: 'fill', rotation, flip });
        return canvas.transferToImageBitmap();
      } finally {
        shown.close();
      }
    } catch {
      return null;
    }
  };
}

async function asEngineReads(sample: VideoSample): Promise<VideoSample> {
  const image = await engineImage(sample, true);
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return new VideoSample(canvas, { timestamp: sample.timestamp });
}
