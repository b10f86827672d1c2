import type { Notice } from '@clearreel/shared/media/facts';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { NewestView } from '../engine/newest-pictures.ts';
import type { JobOutcome } from '../jobs/stored-job.ts';

/** What a worker process is told to do, and how it says where it is. */
export interface WorkerRun {
  readonly sourcePath: string;
  readonly sourceName: string;
  readonly spec: JobSpec;
  /** What an earlier attempt left here is gone on from. */
  readonly workFolder: string;
  readonly resultFolder: string;
  readonly signal: AbortSignal;
  readonly view: NewestView;
  onProgress(progress: Progress): void;
  /** Resolves once the segment is recorded; where it rejects, the run is over. */
  onSegment(segment: { readonly index: number; readonly frameCount: number }): Promise<void>;
}

export interface FinishedWork {
  readonly outcome: JobOutcome;
  readonly notices: readonly Notice[];
}

/** Keeps its model loaded between jobs. It ends with its process. */
export interface WorkerEngine {
  run(run: WorkerRun): Promise<FinishedWork>;
}
