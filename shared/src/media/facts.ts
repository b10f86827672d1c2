import type { TrackDisposition } from 'mediabunny';
import type { Detail, Text } from '../texts/text.ts';

/** Colour tags in the field's names (ITU-T H.273, as WebCodecs spells them); `null` where the file has none. */
export interface ColourTags {
  readonly primaries: string | null;
  readonly transfer: string | null;
  readonly matrix: string | null;
  readonly fullRange: boolean | null;
}

/** What HDR displays are told of a video beside its colour tags (SMPTE ST 2086, CTA-861.3). */
export interface HdrMetadata {
  /** Of the display that the video was made on: chromaticities, and luminance in cd/m². */
  readonly masteringDisplay?: {
    readonly red: Chromaticity;
    readonly green: Chromaticity;
    readonly blue: Chromaticity;
    readonly whitePoint: Chromaticity;
    readonly minLuminance: number;
    readonly maxLuminance: number;
  };
  /** Of the brightest pixel and of the brightest frame on average, in cd/m². */
  readonly contentLight?: { readonly maxCll: number; readonly maxFall: number };
}

export type Chromaticity = readonly [x: number, y: number];

export interface VideoFacts {
  /** Short codec name as mediabunny has it (`avc`, `hevc`, `vp9`, `av1`, `vp8`, `prores`), else ffmpeg's. */
  readonly codec: string;
  /** Pixels of the visible picture as decoded: before rotation, before pixel aspect. */
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly flip: boolean;
  /** Width to height of one pixel, in lowest terms; 1:1 is square. */
  readonly pixelAspect: { readonly num: number; readonly den: number };
  readonly colour: ColourTags;
  readonly hdr: boolean;
  readonly hdrMetadata?: HdrMetadata;
  /** Frames are woven of two fields that were taken one after the other. Absent where nobody looked. */
  readonly isInterlaced?: boolean;
  readonly bitDepth: number | null;
  readonly hasAlpha: boolean;
  readonly languageCode: string;
  readonly name: string | null;
  readonly disposition?: TrackDisposition;
  /** The track's clock: timestamps are whole multiples of 1 / this. Absent where the container does not say. */
  readonly ticksPerSecond?: number;
  /** Packets a second on average; 0 for a single frame. */
  readonly averageFrameRate: number;
  /** The exact rate when every frame has the same duration, else `null` (variable frame rate). */
  readonly constantFrameRate: number | null;
}

export interface AudioFacts {
  readonly codec: string | null;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly languageCode: string;
  readonly name: string | null;
}

export interface SourceFacts {
  /** `mp4`, `mov`, `mkv`, `webm`, `ts`, `avi`, `mpeg`, …; `images` for a sequence of pictures. */
  readonly container: string;
  readonly bytes: number;
  readonly durationSeconds: number;
  /** Where the source begins, for containers whose clock starts anywhere (`ts`, `mpeg`); absent means 0. */
  readonly originSeconds?: number;
  readonly video: VideoFacts;
  readonly audio: readonly AudioFacts[];
  /** Who reads the container and who decodes the frames, each with the reason for the choice. */
  readonly demuxer: Choice<'mediabunny' | 'ffmpeg' | 'pictures'>;
  readonly decoder: Choice<'webcodecs' | 'ffmpeg' | 'node-av' | 'sharp'>;
}

/** Something chosen by probing (or by the user), and why, as an English sentence and as data. */
export interface Choice<T extends string = string> {
  readonly value: T;
  readonly reason: string;
  /** Absent in records of before reasons were data. */
  readonly why?: Pick<Text, 'code' | 'detail'>;
}

/** Something the user should know that does not stop the job (a track re-encoded, a file saved beside). */
export interface Notice {
  readonly code: string;
  readonly message: string;
  /** Absent in records of before notices were data. */
  readonly detail?: Detail;
}
