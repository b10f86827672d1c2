import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import type { NewJob } from '../jobs/create-job.ts';
import type { HostOptions, JobRecord } from '../jobs/job-record.ts';
import type { LiveFrames } from '../jobs/live-frames.ts';
import type { FileWait } from '../jobs/source-access.ts';
import type { RemoteWork } from '../server/remote-work.ts';

export interface RunningJob {
  readonly jobId: string;
  /** `null` until the engine has opened the source. */
  readonly progress: Progress | null;
  /**
   * The newest frame before and after, while someone watches (`watchFrames`). Draw it when it comes: its pictures are
   * closed as soon as the next ones are here.
   */
  readonly latest: LiveFrames | null;
}

export interface RetryOptions {
  /** Replaces what the user decided about this machine, such as another decoder. */
  readonly host?: HostOptions;
}

/**
 * The queue as views see it. Lists keep their identity until they change. Every action rejects with a
 * `ClearReelError` where it could not be done; what fails without a caller is told in `problem`.
 */
export interface QueueState {
  /** Whether the stored jobs have been read. */
  readonly isOpen: boolean;
  /** Jobs still to be done, of all tabs, in the order in which they run. */
  readonly queue: readonly JobRecord[];
  /** Jobs that this tab brought to an end since it was opened, the latest first. */
  readonly ended: readonly JobRecord[];
  readonly running: RunningJob | null;
  /** What the jobs that servers do are doing, as far as this tab follows them. */
  readonly remote: ReadonlyMap<string, RemoteWork>;
  /** The same of those that other tabs follow. */
  readonly remoteElsewhere: ReadonlyMap<string, RemoteWork>;
  readonly runningElsewhere: ReadonlySet<string>;
  /** Jobs of the queue whose tab is gone, half done or not begun: they wait for `continueAll` or `resume`. */
  readonly interrupted: readonly JobRecord[];
  /** Jobs of this tab that cannot start, while others go on. */
  readonly waitsForFile: ReadonlyMap<string, FileWait>;
  /** Nothing is started until `resumeQueue`. */
  readonly isPaused: boolean;
  readonly problem: ErrorReport | null;

  /** Reads the stored jobs, and begins to clean up after killed tabs. Called by whoever needs it; it is done once. */
  open(): Promise<void>;
  /** Makes the jobs and starts the first as soon as the GPU is free. */
  add(jobs: readonly NewJob[]): Promise<readonly JobRecord[]>;
  /** `null` moves the job to the end. */
  move(jobId: string, beforeJobId: string | null): Promise<void>;
  /**
   * Stops the job at once; its finished segments are kept. Of a server's job this stops the upload; what the server
   * works on already it goes on with.
   */
  pause(jobId: string): Promise<void>;
  /**
   * For a paused or interrupted job. Call it on a click: the browser may have to ask for the file. Where that is out
   * of reach, this rejects with `SOURCE_CHANGED` and the job waits for it.
   */
  resume(jobId: string): Promise<void>;
  cancel(jobId: string): Promise<void>;
  /** For a failed or cancelled job: goes on from its finished segments, at the end of the queue; else like `resume`. */
  retry(jobId: string, options?: RetryOptions): Promise<void>;
  /**
   * Has this device do what a server was to do, from the beginning, and deletes it over there. Call it on a click.
   * Rejects with `SOURCE_CHANGED` where the file is out of reach; then nothing changes.
   */
  bringHome(jobId: string): Promise<void>;
  /**
   * Deletes jobs with their files, also those that servers have; a running one is stopped first. Rejects with
   * `SERVER_DELETES_LATER` where a server is away: the job is marked, and deleted when it is back.
   */
  remove(jobIds: readonly string[]): Promise<void>;
  /**
   * Gives a job its file again. Whatever holds it back (it waits for the file, is paused, failed …), it then goes on.
   * Rejects with `SOURCE_MISMATCH` when it is another file.
   */
  provideFile(jobId: string, file: File, handle?: FileSystemFileHandle): Promise<void>;
  /** The job’s file, if it can be reached. @param mayAsk Only on a click: the browser may then ask the user. */
  reachSource(job: JobRecord, mayAsk: boolean): Promise<File | null>;
  /** Stops the running job and uploads too; they go on first after `resumeQueue`. */
  pauseQueue(): Promise<void>;
  resumeQueue(): void;
  /** Goes on with all of `interrupted`; those out of reach then wait for their files. Call it on a click. */
  continueAll(): Promise<void>;
  /** Asks for `running.latest` until the returned function is called. */
  watchFrames(): () => void;
  /** Asks servers that could not be reached, now. */
  tryServers(): void;
  dismissProblem(): void;
}
