import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { HostOptions, JobRecord } from '../jobs/job-record.ts';
import type { ShowFrames } from '../jobs/live-frames.ts';

/** What a call to the worker came to. Errors cross as data: a thrown one would lose its code on the way. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorReport };

export interface Inspection {
  readonly facts: SourceFacts;
  readonly notices: readonly Notice[];
  /** What a job would be refused for unless the user decides otherwise. */
  readonly problems: readonly ErrorReport[];
  readonly proposed: JobSpec;
  readonly fingerprint: string;
}

/** The engine as the page sees it, over comlink. */
export interface EngineApi {
  ping(): true;
  inspect(file: File, host: HostOptions): Promise<Outcome<Inspection>>;
  run(
    jobId: string,
    file: File,
    host: HostOptions,
    attempt: number,
    onProgress: (progress: Progress) => void,
  ): Promise<Outcome<JobRecord>>;
  /** Shows frames of the running job and of later ones; `null` ends it. */
  watch(show: ShowFrames | null): void;
  /** Ends what runs at the next whole frame; its `run` then resolves with `CANCELLED`. */
  cancel(): void;
}
