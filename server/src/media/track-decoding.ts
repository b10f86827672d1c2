import { availableParallelism } from 'node:os';
import { hasCompositionTimes } from '@clearreel/shared/media/frame-stamps';
import type { TrackDecoding } from '@clearreel/shared/media/packet-decoder';
import { trackPackets } from '@clearreel/shared/media/track-packets';
import type { InputVideoTrack, VideoCodec } from 'mediabunny';
import {
  AV_CODEC_ID_AV1,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_PRORES,
  AV_CODEC_ID_VP8,
  AV_CODEC_ID_VP9,
  type AVCodecID,
  AVMEDIA_TYPE_VIDEO,
  CodecParameters,
} from 'node-av';
import { openAvDecoder } from './av-decoder.ts';
import { avColour } from './colour-tags.ts';

const codecIds: Readonly<Record<VideoCodec, AVCodecID>> = {
  avc: AV_CODEC_ID_H264,
  hevc: AV_CODEC_ID_HEVC,
  vp8: AV_CODEC_ID_VP8,
  vp9: AV_CODEC_ID_VP9,
  av1: AV_CODEC_ID_AV1,
  prores: AV_CODEC_ID_PRORES,
};

/** FFmpeg's decoder for a track of a container that mediabunny reads; `null` for a codec that mediabunny does not know. */
export async function trackDecoding(track: InputVideoTrack): Promise<TrackDecoding | null> {
  const codec = await track.getCodec();
  const config = await track.getDecoderConfig();
  if (codec === null || config === null) return null;
  return {
    areComposition: hasCompositionTimes(codec),
    packets: trackPackets(track),
    canDecode: async () => true,
    async openDecoder(events) {
      using parameters = parametersOf(codec, config);
      return openAvDecoder(parameters, availableParallelism(), events);
    },
  };
}

function parametersOf(codec: VideoCodec, config: VideoDecoderConfig): CodecParameters {
  const parameters = new CodecParameters();
  parameters.alloc();
  parameters.codecType = AVMEDIA_TYPE_VIDEO;
  parameters.codecId = codecIds[codec];
  // ProRes is told apart by its four characters alone.
  if (codec === 'prores') parameters.codecTag = config.codec;
  parameters.width = config.codedWidth ?? 0;
  parameters.height = config.codedHeight ?? 0;
  if (config.description) parameters.extradata = bytesOf(config.description);
  // What the stream itself says goes before it.
  Object.assign(parameters, avColour(config.colorSpace ?? {}));
  return parameters;
}

const bytesOf = (data: AllowSharedBufferSource): Buffer =>
  ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
