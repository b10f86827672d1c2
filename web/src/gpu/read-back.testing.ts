import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { VideoSample } from 'mediabunny';
import type { GpuPicture } from './handles.ts';

/** The planes of a tile or picture, for tests only: frames stay on the GPU otherwise. */
export async function readBuffer(
  device: GPUDevice,
  { width, height, buffer }: GpuPicture,
): Promise<Float32Array> {
  const size = 12 * width * height;
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const readable = device.createBuffer({ size, usage });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, readable, 0, size);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(readable.getMappedRange().slice(0));
  readable.destroy();
  return values;
}

/** A sample's colours, R, G, B of 0..255 pixel by pixel. */
export async function readRgb(sample: VideoSample): Promise<Uint8Array> {
  const { rgba } = await new TypedArrayFrameOps().load(sample);
  const channel = (i: number) => ((rgba[Math.floor(i / 3)] as number) >> (8 * (i % 3))) & 255;
  return Uint8Array.from({ length: 3 * rgba.length }, (_, i) => channel(i));
}
