import type { Progress } from '@clearreel/shared/pipeline/progress';
import type { Assessment, AssessOptions } from '../estimate/assess.ts';
import type { MeasureRequest } from '../estimate/measure.ts';
import type { HostOptions, JobRecord } from '../jobs/job-record.ts';
import type { ShowFrames } from '../jobs/live-frames.ts';
import type { PreviewApi } from '../preview/preview-api.ts';
import type { Inspection, Outcome } from './outcome.ts';

export type { Inspection, Outcome } from './outcome.ts';

/** The engine as the page sees it, over comlink. */
export interface EngineApi extends PreviewApi {
  ping(): true;
  inspect(file: File, host: HostOptions): Promise<Outcome<Inspection>>;
  assess(options: AssessOptions): Promise<Outcome<Assessment>>;
  measure(request: MeasureRequest, host: HostOptions): Promise<Outcome<number>>;
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
