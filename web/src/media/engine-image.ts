import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { VideoSample } from 'mediabunny';

/** A sample's visible pixels in the colours that the engine reads from it. The sample stays the caller's. */
export async function engineImage(sample: VideoSample, isUntagged = false): Promise<ImageData> {
  const ops = new TypedArrayFrameOps();
  try {
    const { width, height, rgba } = await ops.load(sample, isUntagged);
    const bytes = rgba.buffer as ArrayBuffer;
    const pixels = new Uint8ClampedArray(bytes, rgba.byteOffset, 4 * width * height);
    return new ImageData(pixels, width, height);
  } finally {
    ops.dispose();
  }
}
