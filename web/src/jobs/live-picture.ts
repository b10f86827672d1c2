import type { Size } from '@clearreel/shared/frameops/contract';
import { untaggedBt709Lines } from '@clearreel/shared/frameops/yuv-matrix';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import { type PairMaker, shownSize } from '@clearreel/shared/pipeline/live-view';
import { VideoSample } from 'mediabunny';
import { engineImage } from '../media/engine-image.ts';

/** Draws frames of source and result alike. */
export function bitmapMaker(video: VideoFacts, output: Size): PairMaker<ImageBitmap> {
  const { width, height } = shownSize(video, output);
  const { rotation, flip } = video;
  const draw = async (sample: VideoSample, isUntagged: boolean): Promise<ImageBitmap | null> => {
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
  return { before: draw, after: (sample) => draw(sample, false) };
}

async function asEngineReads(sample: VideoSample): Promise<VideoSample> {
  const image = await engineImage(sample, true);
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return new VideoSample(canvas, { timestamp: sample.timestamp });
}
