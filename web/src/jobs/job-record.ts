import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { Choice, Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { StageSeconds } from '@clearreel/shared/pipeline/progress';
import type { Plan } from '@clearreel/shared/plan/plan';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';

export type Provider = 'webgpu' | 'wasm';

/** What the user decides about this machine; the spec says nothing of it. Absent means: choose by probing. */
export interface HostOptions {
  readonly provider?: Provider;
  readonly decoder?: 'webcodecs' | 'ffmpeg';
  readonly encoder?: 'webcodecs' | 'ffmpeg';
  /** A stage without progress for this long ends the attempt. */
  readonly stallSeconds?: number;
}

export interface SourceRef {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of size and samples of the content: the job goes on only with the same file. */
  readonly fingerprint: string;
  readonly handle?: FileSystemFileHandle;
  /** Beside the job's segments lies a copy. */
  readonly hasCopy?: boolean;
}

/** Decided once, at the start, and kept for every later attempt: segments of one output must match. */
export interface FrozenJob {
  readonly plan: Plan;
  readonly encoder: Choice<'webcodecs' | 'ffmpeg'> & { readonly settings: EncoderSettings };
  readonly maxTilePixels: number;
  readonly facts: SourceFacts;
}

export interface JobReport {
  readonly framesIn: number;
  readonly framesOut: number;
  readonly seconds: number;
  readonly stageSeconds: StageSeconds;
  readonly inferenceSeconds: number;
  readonly provider: Choice;
  readonly decoder: Choice;
  readonly encoder: Choice;
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly segments: number;
  readonly resumedSegments: number;
  readonly attempts: number;
  readonly reusedFrames: number;
  readonly reusedTiles: number;
  readonly tiles: number;
}

export interface JobResult {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: number;
  /** Subtitles and chapters that the container could not take in. */
  readonly sideFiles: readonly string[];
}

/** `processing` without a tab that holds the job's lock means: interrupted, to be continued. */
export type JobState = 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled';

export interface JobRecord {
  readonly id: string;
  readonly createdAtMs: number;
  readonly state: JobState;
  readonly source: SourceRef;
  readonly spec: JobSpec;
  readonly host: HostOptions;
  readonly notices: readonly Notice[];
  readonly frozen?: FrozenJob;
  readonly result?: JobResult;
  readonly report?: JobReport;
  readonly error?: ErrorReport;
}
