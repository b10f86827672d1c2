import { VideoSample } from 'mediabunny';
import type { ColourTags } from '../media/facts.ts';
import type { Size } from './contract.ts';
import { i420Values } from './rgb-to-yuv.ts';

/** An even grey frame in memory, for trying what takes frames. */
export function greySample({ width, height }: Size, colour?: ColourTags): VideoSample {
  return new VideoSample(new Uint8Array(i420Values(width, height)).fill(128), {
    ...{ format: 'I420', codedWidth: width, codedHeight: height, timestamp: 0 },
    ...(colour && { colorSpace: colour as VideoColorSpaceInit }),
  });
}
