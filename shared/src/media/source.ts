import type {
  AudioCodec,
  AudioSample,
  EncodedPacket,
  MetadataTags,
  TrackDisposition,
  VideoSample,
} from 'mediabunny';
import type { Notice, SourceFacts } from './facts.ts';

/**
 * One packet of the video track, in presentation order. Timestamps are the container's own, in seconds;
 * only packets that are shown are listed (`timestamp + duration > 0`).
 */
export interface IndexedPacket {
  readonly timestampSeconds: number;
  readonly durationSeconds: number;
  readonly isKey: boolean;
}

/** Half-open span of source time: `start <= timestamp < end`. `null` reaches to that end of the source. */
export interface TimeSpan {
  readonly startSeconds: number | null;
  readonly endSeconds: number | null;
}

/**
 * A decoded frame with the container's exact stamps (a `VideoSample`'s own may be rounded to whole
 * microseconds). Whoever takes the frame closes `sample`.
 */
export interface SourceFrame {
  readonly timestampSeconds: number;
  readonly durationSeconds: number;
  readonly sample: VideoSample;
  /** The source states no matrix, and the sample's colour space is the decoder's guess. */
  readonly isUntagged?: boolean;
}

/** An audio track whose packets can be copied. */
export interface AudioTrackSource {
  readonly codec: AudioCodec | null;
  /** What it is called where mediabunny has no name for it. */
  readonly codecName?: string;
  readonly languageCode: string;
  readonly name: string | null;
  readonly disposition: TrackDisposition;
  decoderConfig(): Promise<AudioDecoderConfigData | null>;
  /** Packets in decode order with the container's own timestamps (negative ones included). */
  packets(signal: AbortSignal): AsyncIterable<EncodedPacket>;
  /**
   * What the stamps lack of the decoder's pre-skip. Matroska stamps Opus as if there were none, ISOBMFF counts it
   * (RFC 7845 §4.2): copied there as they are, packets would sound late by this much. 0 for all else.
   */
  readonly preSkipSeconds?: number;
  /** Decoded samples, for tracks that the target container cannot hold as they are. */
  readonly inputTrack: import('mediabunny').InputAudioTrack | null;
  /** The same where no mediabunny reads the container: those that sound in the span. Whoever takes one closes it. */
  samples?(startSeconds: number | null, endSeconds: number | null): AsyncIterable<AudioSample>;
}

/** `AudioDecoderConfig` of WebCodecs, spelled out because the engine knows no browser. */
export interface AudioDecoderConfigData {
  codec: string;
  sampleRate: number;
  numberOfChannels: number;
  description?: Uint8Array<ArrayBuffer>;
}

/** An opened source. One per running job; `dispose` frees what it holds, and rejects what still runs. */
export interface MediaSource {
  readonly facts: SourceFacts;
  /** Problems found while opening or reading so far (damaged parts, tracks that cannot be copied). */
  readonly notices: readonly Notice[];
  readonly tags: MetadataTags;
  readonly audio: readonly AudioTrackSource[];
  packetIndex(signal: AbortSignal): Promise<readonly IndexedPacket[]>;
  /**
   * Frames whose timestamp lies in `span`, in presentation order, each once. Memory stays bounded: a frame
   * is decoded only a few ahead of the consumer. Damage inside the span ends up in `notices`.
   */
  frames(span: TimeSpan, signal: AbortSignal): AsyncIterable<SourceFrame>;
  dispose(): void;
}
