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
 * Fills an empty frame from a sample, whose planes are packed without a gap: mediabunny's own way loses the last chroma
 * column of odd widths. `false` for a format that the encoders do not take.
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
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const sizes = [{ width, height }, half, half];
  const packed = Buffer.allocUnsafe(
    sizes.reduce((sum, size) => sum + size.width * size.height * format.bytes, 0),
  );
  let at = 0;
  for (const [position, size] of sizes.entries()) {
    const plane = planes[position];
    if (!plane) return false;
    const rowBytes = size.width * format.bytes;
    for (let row = 0; row < size.height; row++) {
      const from = plane.offset + row * plane.stride;
      packed.set(plane.data.subarray(from, from + rowBytes), at);
      at += rowBytes;
    }
  }
  frame.unref();
  frame.format = format.pixelFormat;
  frame.width = width;
  frame.height = height;
  FFmpegError.throwIfError(frame.fromBuffer(packed), 'fromBuffer');
  return true;
}
