import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { VideoSample } from 'mediabunny';
import type { GpuPicture } from './handles.ts';
import { readBack } from './read-back.ts';

/** The planes of a tile or picture, for tests only: frames stay on the GPU otherwise. */
export async function readBuffer(
  device: GPUDevice,
  { width, height, buffer }: GpuPicture,
): Promise<Float32Array> {
  return new Float32Array(await readBack(device, buffer, 12 * width * height));
}

/** A sample's colours, R, G, B of 0..255 pixel by pixel. */
export async function readRgb(sample: VideoSample): Promise<Uint8Array> {
  const { rgba } = await new TypedArrayFrameOps().load(sample);
  const channel = (i: number) => ((rgba[Math.floor(i / 3)] as number) >> (8 * (i % 3))) & 255;
  return Uint8Array.from({ length: 3 * rgba.length }, (_, i) => channel(i));
}
