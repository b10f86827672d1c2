import type { Chromaticity, HdrMetadata, VideoFacts } from '@clearreel/shared/media/facts';
import type { VideoSample } from 'mediabunny';
import {
  AV_FRAME_DATA_CONTENT_LIGHT_LEVEL,
  AV_FRAME_DATA_MASTERING_DISPLAY_METADATA,
  AV_FRAME_FLAG_INTERLACED,
  AV_PKT_DATA_CONTENT_LIGHT_LEVEL,
  AV_PKT_DATA_MASTERING_DISPLAY_METADATA,
  type CodecParameters,
} from 'node-av';
import { avFrameOf } from './av-sample.ts';

/** What only decoded frames tell. The sample stays the caller's. */
export type FrameFacts = Pick<VideoFacts, 'isInterlaced' | 'hdrMetadata'>;

export function frameFactsOf(sample: VideoSample, parameters?: CodecParameters): FrameFacts {
  const frame = avFrameOf(sample);
  const mastering =
    frame.getSideData(AV_FRAME_DATA_MASTERING_DISPLAY_METADATA) ??
    parameters?.getCodedSideData(AV_PKT_DATA_MASTERING_DISPLAY_METADATA);
  const light =
    frame.getSideData(AV_FRAME_DATA_CONTENT_LIGHT_LEVEL) ??
    parameters?.getCodedSideData(AV_PKT_DATA_CONTENT_LIGHT_LEVEL);
  const masteringDisplay = mastering ? masteringDisplayOf(mastering) : undefined;
  const contentLight =
    light && light.length >= 8
      ? { maxCll: light.readUInt32LE(0), maxFall: light.readUInt32LE(4) }
      : undefined;
  const hdrMetadata = {
    ...(masteringDisplay && { masteringDisplay }),
    ...(contentLight && { contentLight }),
  };
  return {
    isInterlaced: frame.hasFlags(AV_FRAME_FLAG_INTERLACED),
    ...(Object.keys(hdrMetadata).length > 0 && { hdrMetadata }),
  };
}

/** AVMasteringDisplayMetadata: rationals of primaries, white and luminance, then whether each was given. */
function masteringDisplayOf(data: Buffer): HdrMetadata['masteringDisplay'] | undefined {
  if (data.length < 88 || !data.readInt32LE(80) || !data.readInt32LE(84)) return undefined;
  const rational = (position: number) =>
    data.readInt32LE(8 * position) / data.readInt32LE(8 * position + 4);
  const point = (position: number): Chromaticity => [rational(position), rational(position + 1)];
  return {
    ...{ red: point(0), green: point(2), blue: point(4), whitePoint: point(6) },
    minLuminance: rational(8),
    maxLuminance: rational(9),
  };
}
