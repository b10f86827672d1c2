import type { Size } from '@clearreel/shared/frameops/contract';
import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import {
  type FramePair,
  LiveView,
  type PairMaker,
  shownSize,
} from '@clearreel/shared/pipeline/live-view';
import type { VideoSample } from 'mediabunny';
import { Frame } from 'node-av';
import { fillFrame } from '../encode/av-frame.ts';
import { avSample } from '../media/av-sample.ts';
import { avColour } from '../media/colour-tags.ts';

/** As WebP, each at most as large as it is. */
export type NewestPictures = FramePair<Uint8Array>;

/** Shows someone the newest frame of a job, rarely: it is the model's time that it takes. */
export type NewestView = LiveView<Uint8Array>;

const leastMs = 2000;
const quality = 85;

export const openNewestView = (): NewestView => new LiveView({ leastMs, discard() {} });

/** `null` where a frame cannot be drawn. */
async function webpOf(
  sample: VideoSample,
  isUntagged: boolean,
  video: VideoFacts,
  size: Size,
): Promise<Uint8Array | null> {
  try {
    // Loaded when somebody looks: a worker that nobody watches holds no library for pictures.
    const { uprightWebp } = await import('../reader/upright-webp.ts');
    return await uprightWebp(sample, isUntagged, video, { size, quality, keepsEdges: true });
  } catch {
    return null;
  }
}

/** The colours of HDR are converted by FFmpeg alone, and only in frames of its own. */
async function inFfmpeg(sample: VideoSample): Promise<VideoSample> {
  const frame = new Frame();
  frame.alloc();
  await fillFrame(frame, sample);
  Object.assign(frame, avColour(sample.colorSpace));
  return avSample(frame, sample.timestamp);
}

async function deepWebpOf(
  sample: VideoSample,
  video: VideoFacts,
  size: Size,
): Promise<Uint8Array | null> {
  const own = await inFfmpeg(sample).catch(() => null);
  const picture = own && (await webpOf(own, false, video, size));
  own?.close();
  return picture;
}

/** `output` is what the frames that were made are encoded as. */
export const webpMaker = (video: VideoFacts, output: EncoderSettings): PairMaker<Uint8Array> => ({
  before: (sample, isUntagged) => webpOf(sample, isUntagged, video, shownSize(video, video)),
  after: (sample) => {
    const size = shownSize(video, output);
    return (output.bitDepth ?? 8) > 8
      ? deepWebpOf(sample, video, size)
      : webpOf(sample, false, video, size);
  },
});
