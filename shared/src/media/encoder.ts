import type { VideoSample } from 'mediabunny';
import type { ColourTags, HdrMetadata } from './facts.ts';

export type OutputCodec = 'avc' | 'vp9' | 'av1' | 'hevc';

/**
 * What one job encodes with. Frozen in the job's manifest at the start: segments of one output are never
 * made by different configurations, because the join needs equal decoder configurations.
 */
export interface EncoderSettings {
  readonly encoder: 'webcodecs' | 'ffmpeg' | 'node-av';
  readonly codec: OutputCodec;
  /** Full codec string of RFC 6381, level included. */
  readonly codecString: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /** Bits for each channel; absent means 8. */
  readonly bitDepth?: 8 | 10;
  /** What the frames are and the result is tagged as; absent means BT.709, limited range. */
  readonly colour?: ColourTags;
  /** Written into the stream by those encoders that can. */
  readonly hdrMetadata?: HdrMetadata;
  readonly rate:
    | { readonly mode: 'quantizer'; readonly quantizer: number }
    | { readonly mode: 'bitrate'; readonly bitsPerSecond: number };
}

/** `VideoDecoderConfig` of WebCodecs as data: what a decoder needs before the first packet. */
export interface VideoDecoderConfigData {
  readonly codec: string;
  readonly codedWidth?: number;
  readonly codedHeight?: number;
  readonly description?: Uint8Array<ArrayBuffer>;
}

export interface EncodedVideoPacket {
  readonly data: Uint8Array;
  readonly isKey: boolean;
}

export interface EncodedSegment {
  readonly config: VideoDecoderConfigData;
  /** In presentation order, as many as frames were given (no B-frames, the first is a key frame). */
  readonly packets: readonly EncodedVideoPacket[];
}

/**
 * Encodes the frames of one segment. `encode` resolves when the encoder can take another frame (that is
 * the back pressure) and closes the sample in every case. `finish` flushes. `close` may come at any time.
 */
export interface SegmentEncoder {
  encode(sample: VideoSample): Promise<void>;
  finish(): Promise<EncodedSegment>;
  close(): void;
}
