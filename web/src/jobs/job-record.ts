import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice, Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { StageSeconds } from '@clearreel/shared/pipeline/progress';
import type { FrozenJob as AnyFrozenJob } from '@clearreel/shared/prepare/prepare-job';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';

export type Provider = 'webgpu' | 'wasm';

/** What the user decides about where and how a job runs; the spec says nothing of it. Absent means: choose by probing. */
export interface HostOptions {
  /** Address of the server that does the job; absent: this device does it. */
  readonly server?: string;
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
  /** The database has a handle to the file, which the browser may ask the user's leave for. */
  readonly hasHandle?: boolean;
  /** Beside the job's segments lies a copy. */
  readonly hasCopy?: boolean;
}

export type FrozenJob = AnyFrozenJob<'webcodecs' | 'ffmpeg'>;

export interface JobReport {
  readonly framesIn: number;
  readonly framesOut: number;
  readonly seconds: number;
  readonly provider: Choice;
  readonly decoder: Choice;
  readonly encoder: Choice;
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly attempts: number;
}

/** What the engine of this device counts besides. */
export interface EngineReport extends JobReport {
  readonly stageSeconds: StageSeconds;
  readonly inferenceSeconds: number;
  readonly segments: number;
  readonly resumedSegments: number;
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

/** How much of something: a plan, or what is finished of it. */
export interface Extent {
  readonly frames: number;
  readonly segments: number;
}

/** How far a job of `host.server` has come over there. */
export interface RemoteJob {
  /** Where its upload goes on. */
  readonly uploadUrl?: string;
  /** What its job was asked for with. As long as there is no `jobId`, the server may have made one unheard. */
  readonly key?: string;
  /** Once the server has the whole file, and a job of its own for it. */
  readonly jobId?: string;
  /** The user has deleted it; its record goes when the server has done so too. */
  readonly isDeleted?: boolean;
}

/**
 * `processing` without a tab that holds the job's lock means: interrupted, to be continued. `paused` means that the
 * user stopped it; it waits until the user says otherwise.
 */
export type JobState = 'queued' | 'processing' | 'paused' | 'completed' | 'failed' | 'cancelled';

/** Jobs that are still to be done, and those that are over. */
export const openStates = ['queued', 'processing', 'paused'] as const satisfies JobState[];
export const endStates = ['completed', 'failed', 'cancelled'] as const satisfies JobState[];

/**
 * What lists show of a job. It is kept light, so that thousands can be read at once: plan, file handle and thumbnail
 * lie beside it in stores of their own.
 */
export interface JobRecord {
  readonly id: string;
  readonly createdAtMs: number;
  /** When work on it began for the first time. */
  readonly startedAtMs?: number;
  /** When it completed, failed or was cancelled. */
  readonly endedAtMs?: number;
  readonly state: JobState;
  /** Place in the queue, ascending. */
  readonly order: number;
  /** The tab that is to run it, or did so last. Once that tab is gone the job waits for the user. */
  readonly tab?: string;
  readonly source: SourceRef;
  /** As inspected when the job was made; unknown for some jobs of older versions. */
  readonly facts?: SourceFacts;
  readonly spec: JobSpec;
  readonly host: HostOptions;
  readonly remote?: RemoteJob;
  readonly notices: readonly Notice[];
  /** Known once the work has been planned. */
  readonly planned?: Extent;
  /** What is finished and kept, in whole segments. */
  readonly reached?: Extent;
  readonly result?: JobResult;
  /** Of its files only the result is left. */
  readonly isTidy?: boolean;
  readonly report?: JobReport | EngineReport;
  readonly error?: ErrorReport;
}
