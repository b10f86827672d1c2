import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { Inspection } from '../engine/outcome.ts';

/** A file that was picked and has not become a job yet. */
export interface Draft {
  readonly id: string;
  readonly file: File;
  /** Lets the job find the file again after the tab was closed; `null` where the browser gave none. */
  readonly handle: FileSystemFileHandle | null;
  /** Copy the file into the browser's storage when the job starts, because there is no handle to it. */
  readonly keepsCopy: boolean;
  readonly isReading: boolean;
  readonly inspection: Inspection | null;
  readonly spec: JobSpec | null;
  /** Why the file cannot be used, or why a setting was refused. */
  readonly error: ErrorReport | null;
}
