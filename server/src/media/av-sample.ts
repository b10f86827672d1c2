import { AvFrameVideoSampleResource } from '@mediabunny/server';
import { VideoSample } from 'mediabunny';
import {
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  AV_PIX_FMT_YUV420P12LE,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV422P10LE,
  AV_PIX_FMT_YUV422P12LE,
  AV_PIX_FMT_YUV444P,
  AV_PIX_FMT_YUV444P10LE,
  AV_PIX_FMT_YUV444P12LE,
  type AVPixelFormat,
  avcodecFindBestPixFmtOfList,
  FFmpegError,
  Frame,
  Rational,
  SoftwareScaleContext,
  SWS_BICUBIC,
} from 'node-av';

/** Formats that samples can have and that hold every other one, in the order in which equals are preferred. */
const sampleFormats: AVPixelFormat[] = [
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV444P,
  AV_PIX_FMT_YUV420P10LE,
  AV_PIX_FMT_YUV422P10LE,
  AV_PIX_FMT_YUV444P10LE,
  AV_PIX_FMT_YUV420P12LE,
  AV_PIX_FMT_YUV422P12LE,
  AV_PIX_FMT_YUV444P12LE,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_RGBA,
];

/**
 * FFmpeg's frame as a sample that shares its memory. The pixel format is changed only where samples have none like
 * it. The frame is taken over.
 */
export async function avSample(frame: Frame, timestampSeconds: number): Promise<VideoSample> {
  // Without an aspect mediabunny divides by zero; the source's own stands in its facts.
  frame.sampleAspectRatio = new Rational(1, 1);
  const init = { timestamp: timestampSeconds };
  const sample = new VideoSample(new AvFrameVideoSampleResource(frame), init);
  if (sample.format !== null) return sample;
  try {
    return new VideoSample(new AvFrameVideoSampleResource(await converted(frame)), init);
  } finally {
    sample.close();
  }
}

/** The frame that a sample of ours lies in. It stays the sample's. */
export function avFrameOf(sample: VideoSample): Frame {
  const { _data: data } = sample as unknown as { readonly _data?: unknown };
  if (data instanceof AvFrameVideoSampleResource) return data.frame;
  throw new TypeError("a sample without a frame of FFmpeg's");
}

async function converted(frame: Frame): Promise<Frame> {
  const from = frame.format as AVPixelFormat;
  const to = avcodecFindBestPixFmtOfList(sampleFormats, from);
  const { width, height } = frame;
  using scaler = new SoftwareScaleContext();
  scaler.getContext(width, height, from, width, height, to, SWS_BICUBIC);
  const made = new Frame();
  try {
    made.alloc();
    Object.assign(made, { width, height, format: to });
    FFmpegError.throwIfError(made.allocBuffer(), 'Frame.allocBuffer');
    FFmpegError.throwIfError(await scaler.scaleFrame(made, frame), 'scaleFrame');
    FFmpegError.throwIfError(made.copyProps(frame), 'Frame.copyProps');
    made.sampleAspectRatio = new Rational(1, 1);
    return made;
  } catch (error) {
    made.free();
    throw error;
  }
}
