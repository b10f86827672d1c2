import { memoryPlanes } from '@clearreel/shared/frameops/sample-memory';
import { AvFrameVideoSampleResource, toAvFrame } from '@mediabunny/server';
import type { VideoSample } from 'mediabunny';
import {
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  type AVPixelFormat,
  FFmpegError,
  type Frame,
} from 'node-av';

const formats: Readonly<Record<string, { pixelFormat: AVPixelFormat; bytes: number }>> = {
  I420: { pixelFormat: AV_PIX_FMT_YUV420P, bytes: 1 },
  I420P10: { pixelFormat: AV_PIX_FMT_YUV420P10LE, bytes: 2 },
};

const isAvFrame = (sample: VideoSample) =>
  (sample as unknown as { _data?: unknown })._data instanceof AvFrameVideoSampleResource;

/**
 * Fills a frame from a sample, row by row: mediabunny's own way loses the last chroma column of odd widths, and FFmpeg's
 * memory outlives the sample, while `fromBuffer` leaves the frame in memory that JavaScript may free.
 * `false` for a format that the encoders do not take.
 */
export async function fillFrame(frame: Frame, sample: VideoSample): Promise<boolean> {
  if (isAvFrame(sample)) {
    await toAvFrame(sample, frame);
    return true;
  }
  const format = formats[sample.format ?? ''];
  const planes = format ? await memoryPlanes(sample) : null;
  if (!format || !planes) return false;
  const { codedWidth: width, codedHeight: height } = sample;
  frame.unref();
  frame.format = format.pixelFormat;
  frame.width = width;
  frame.height = height;
  FFmpegError.throwIfError(frame.allocBuffer(), 'Frame.allocBuffer');
  const { data, linesize } = frame;
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  for (const [position, size] of [{ width, height }, half, half].entries()) {
    const from = planes[position];
    const to = data?.[position];
    if (!from || !to) return false;
    const rowBytes = size.width * format.bytes;
    for (let row = 0; row < size.height; row++) {
      const at = from.offset + row * from.stride;
      to.set(from.data.subarray(at, at + rowBytes), row * (linesize[position] ?? rowBytes));
    }
  }
  return true;
}
