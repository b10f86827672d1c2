import { codecString } from '../encode/codec-string.ts';
import { estimatedVideoBytes } from '../encode/quality.ts';
import type { EncoderSettings } from '../media/encoder.ts';
import type { SourceFacts } from '../media/facts.ts';
import type { ModelEntry } from '../models/manifest.ts';
import { type OutputGeometry, outputGeometry } from '../spec/geometry.ts';
import type { JobSpec } from '../spec/job-spec.ts';

/** What was found by looking into the source. Where nobody has looked, it is assumed. */
export interface SourceSample {
  /** Seconds to decode a frame, with nothing beside it. */
  readonly decodeSecondsPerFrame: number;
  /** Share of the frames that are like the one before. */
  readonly heldShare: number;
  /** Share of the tiles that a changed frame leaves as they are. */
  readonly unchangedShare: number;
  /** Of one tile's input, as the job will choose it. */
  readonly maxTilePixels: number;
}

/** What an estimate starts from: more of it known, the better the estimate. */
export interface JobFacts {
  readonly facts: SourceFacts;
  readonly spec: JobSpec;
  /** `null` for resizing alone. */
  readonly model: ModelEntry | null;
  readonly geometry: OutputGeometry;
  readonly frames: number;
  readonly frameRate: number;
  /** Input pixels of one tile. */
  readonly maxTilePixels: number;
  readonly encoderHost: 'webcodecs' | 'ffmpeg';
  /** Of the encoded picture. */
  readonly videoBytes: number;
  /** Whether `videoBytes` comes from a trial on this source. */
  readonly isVideoTried: boolean;
  readonly audioBytes: number;
  readonly sample: SourceSample | null;
  /** Seconds that opening this source and preparing the job take, where they were measured. */
  readonly startSeconds: number | null;
}

const fallbackFrameRate = 25;

/** Of one audio track whose packets nobody has looked at. */
const typicalAudioBitsPerSecond = 160_000;

export interface FactsOptions {
  readonly facts: SourceFacts;
  readonly spec: JobSpec;
  readonly model: ModelEntry | null;
  readonly maxTilePixels: number;
}

/** The start of an estimate from what a page knows at once: the facts of the source and the spec. */
export function jobFacts({ facts, spec, model, maxTilePixels }: FactsOptions): JobFacts {
  const geometry = outputGeometry(facts.video, spec.enhance.target, spec.output.codec);
  const { averageFrameRate } = facts.video;
  const frameRate = averageFrameRate > 0 ? averageFrameRate : fallbackFrameRate;
  const { startSeconds = 0, endSeconds = facts.durationSeconds } = spec.trim ?? {};
  const seconds = Math.max(0, Math.min(endSeconds, facts.durationSeconds) - startSeconds);
  const { width, height } = geometry;
  const settings: EncoderSettings = {
    encoder: 'webcodecs',
    codec: spec.output.codec,
    codecString: codecString(spec.output.codec, geometry, frameRate),
    ...{ width, height, frameRate },
    rate: { mode: 'quantizer', quantizer: 0 },
  };
  const tracks = spec.output.audio === 'keep' ? facts.audio.length : 0;
  return {
    ...{ facts, spec, model, geometry, frameRate, maxTilePixels },
    frames: Math.max(1, Math.round(seconds * frameRate)),
    encoderHost: 'webcodecs',
    videoBytes: estimatedVideoBytes(settings, spec.output.quality, seconds),
    isVideoTried: false,
    audioBytes: Math.round((tracks * typicalAudioBitsPerSecond * seconds) / 8),
    sample: null,
    startSeconds: null,
  };
}
