import type { JobState } from '@clearreel/shared/api/job';
import type { Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { Failure, JobOutcome, StoredJob, StoredUpload } from './stored-job.ts';

/** Names one claim of one job. Once the job was claimed again, ended or deleted, or the lease ran out, it is stale. */
export interface FencingToken {
  readonly jobId: string;
  readonly epoch: number;
  readonly leaseId: string;
}

export interface Claim {
  readonly token: FencingToken;
  readonly job: StoredJob;
}

export interface NewJob {
  readonly uploadId: string;
  readonly spec: JobSpec;
  /** 1 comes first, 10 last; among equals the older job. */
  readonly priority: number;
  readonly idempotencyKey: string | null;
}

export interface NewUpload {
  readonly id: string;
  readonly sourceName: string;
  readonly bytes: number;
  readonly expiresAtMs: number;
}

export interface JobQuery {
  /** All where it is left out. */
  readonly states?: readonly JobState[];
  /** Part of the source's name, whatever its case. */
  readonly text?: string;
  readonly sort?: JobSort;
  readonly order?: 'ascending' | 'descending';
  /** `nextCursor` of the page before, asked with the same sort and order. */
  readonly cursor?: string;
  readonly limit: number;
}

export type JobSort = 'createdAt' | 'updatedAt' | 'priority' | 'name';

export interface JobPage {
  readonly jobs: readonly StoredJob[];
  readonly nextCursor: string | null;
  /** On all pages together. */
  readonly total: number;
}

/** What has been written. It wakes up who waits; whoever misses one finds the same in the store. */
export type JobChange =
  | { readonly kind: 'job'; readonly job: StoredJob }
  | { readonly kind: 'deleted'; readonly jobId: string };

/**
 * The truth about jobs and uploads. Every method is one transaction that names the state it expects; when its promise
 * resolves, the change is on the disk, and a failed write has changed nothing. `job-repository.suite.ts` is the
 * contract of all implementations.
 */
export interface JobRepository {
  /**
   * The same key with the same upload, spec and priority gives the job that it made before (`isNew: false`).
   * @throws ClearReelError `UPLOAD_MISSING` unless the upload is there and complete, `IDEMPOTENCY_KEY_REUSED`.
   */
  createJob(job: NewJob): Promise<{ readonly job: StoredJob; readonly isNew: boolean }>;
  findJob(id: string): Promise<StoredJob | null>;
  /** @throws ClearReelError `REQUEST_INVALID` for a cursor that is not one of ours, or of another sort. */
  listJobs(query: JobQuery): Promise<JobPage>;
  countJobs(): Promise<Readonly<Record<JobState, number>>>;
  /** How many waiting jobs come before it; `null` unless it waits itself. */
  countAhead(id: string): Promise<number | null>;
  subscribe(listener: (change: JobChange) => void): () => void;

  /** Takes the next job that is due, or one whose lease ran out. `null` where there is none. */
  claimNext(worker: { readonly workerId: string; readonly leaseMs: number }): Promise<Claim | null>;
  /** Makes the lease last `leaseMs` from now. */
  heartbeat(token: FencingToken, leaseMs: number): Promise<'continue' | 'cancel' | 'stale'>;
  /** Recording the same segment again is no error; it is then the newer attempt's. */
  recordSegment(
    token: FencingToken,
    segment: { readonly index: number; readonly frameCount: number },
  ): Promise<'recorded' | 'stale'>;
  /**
   * Publishes the attempt's result. The same again is `completed` too and changes nothing. `cancelled` where that was
   * asked for meanwhile.
   */
  finish(
    token: FencingToken,
    outcome: JobOutcome,
    notices: readonly Notice[],
  ): Promise<'completed' | 'cancelled' | 'stale'>;
  /**
   * Ends the attempt: `queued` again, after `delayMs`, where the failure is retryable and attempts are left, else
   * `failed`; `cancelled` where that was asked for.
   */
  fail(
    token: FencingToken,
    failure: Failure,
    retry?: { readonly delayMs: number },
  ): Promise<'queued' | 'failed' | 'cancelled' | 'stale'>;
  /** Gives the job back unharmed: it costs no attempt. */
  release(token: FencingToken): Promise<'queued' | 'cancelled' | 'stale'>;

  /**
   * A waiting job ends at once, a running one when its worker has heard of it. Asking again is no error.
   * @throws ClearReelError `JOB_MISSING`, `JOB_CHANGED` for one that has ended otherwise.
   */
  cancel(id: string): Promise<StoredJob>;
  /** Lets a failed or cancelled job go on from its last whole segment. @throws ClearReelError `JOB_MISSING`, `JOB_CHANGED`. */
  retry(id: string): Promise<StoredJob>;
  /**
   * Deletes the record in whatever state it is, with its upload's where no other job uses that; a running attempt is
   * stale from then on. The files are the caller's to delete. @throws ClearReelError `JOB_MISSING`.
   */
  deleteJob(id: string): Promise<{ readonly uploadId: string | null }>;
  /** A job whose files are gone: `failed` with `FILE_GONE`, unless a worker has it. */
  loseFiles(id: string): Promise<'failed' | 'unchanged'>;
  /** Forgets the segments of a job that ended without a result, before their files are deleted. */
  forgetSegments(id: string): Promise<'forgotten' | 'unchanged'>;
  /** Puts jobs whose lease ran out back in the queue, or ends those that were to be cancelled or have no attempt left. */
  sweep(): Promise<{ readonly swept: readonly StoredJob[] }>;

  createUpload(upload: NewUpload): Promise<StoredUpload>;
  /** @throws ClearReelError `UPLOAD_MISSING`. */
  completeUpload(
    id: string,
    found: { readonly facts: SourceFacts; readonly expiresAtMs: number },
  ): Promise<StoredUpload>;
  findUpload(id: string): Promise<StoredUpload | null>;
  /** @throws ClearReelError `UPLOAD_MISSING`, `UPLOAD_IN_USE`. */
  deleteUpload(id: string): Promise<void>;
  listUploads(): Promise<readonly StoredUpload[]>;

  close(): Promise<void>;
}
