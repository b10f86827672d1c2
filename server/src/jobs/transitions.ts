import type { JobState } from '@clearreel/shared/api/job';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice } from '@clearreel/shared/media/facts';
import { because } from '@clearreel/shared/notices/reasons';
import type { FencingToken, NewJob } from './job-repository.ts';
import type { Failure, JobOutcome, StoredJob, StoredUpload } from './stored-job.ts';

type InState<S extends JobState> = StoredJob & { readonly state: S };

/** Every change of a job's state, as a function from the job before to the job after. */

export const hasEnded = ({ state }: StoredJob) =>
  state === 'completed' || state === 'failed' || state === 'cancelled';

const isLeased = ({ lease }: StoredJob, nowMs: number) => !!lease && lease.expiresAtMs > nowMs;

/** Whether a token names the attempt that has the job now. */
export const isCurrent = (job: StoredJob, { epoch, leaseId }: FencingToken, nowMs: number) =>
  job.state === 'processing' &&
  job.epoch === epoch &&
  job.lease?.id === leaseId &&
  isLeased(job, nowMs);

/** A worker that vanished with the job: its lease ran out, and nobody said how the attempt ended. */
export const isAbandoned = (job: StoredJob, nowMs: number) =>
  job.state === 'processing' && !isLeased(job, nowMs);

export const isClaimable = (job: StoredJob, nowMs: number, maxAttempts: number) =>
  !job.cancelRequested &&
  job.fruitlessAttempts < maxAttempts &&
  (job.state === 'queued' ? job.notBeforeMs <= nowMs : isAbandoned(job, nowMs));

export const comesBefore = (one: StoredJob, other: StoredJob) =>
  one.priority - other.priority || one.createdAtMs - other.createdAtMs;

export const created = (
  given: NewJob,
  upload: StoredUpload,
  id: string,
  nowMs: number,
): StoredJob => ({
  ...given,
  id,
  state: 'queued',
  createdAtMs: nowMs,
  updatedAtMs: nowMs,
  startedAtMs: null,
  endedAtMs: null,
  sourceName: upload.sourceName,
  sourceBytes: upload.bytes,
  epoch: 0,
  attempts: 0,
  fruitlessAttempts: 0,
  notBeforeMs: nowMs,
  lease: null,
  cancelRequested: false,
  segments: [],
  failure: null,
  result: null,
  notices: [],
});

export const claimed = (
  job: StoredJob,
  lease: NonNullable<StoredJob['lease']>,
  nowMs: number,
): StoredJob => ({
  ...job,
  state: 'processing',
  epoch: job.epoch + 1,
  attempts: job.attempts + 1,
  fruitlessAttempts: job.fruitlessAttempts + 1,
  startedAtMs: job.startedAtMs ?? nowMs,
  updatedAtMs: nowMs,
  lease,
});

export const queued = (job: StoredJob, nowMs: number, delayMs = 0): InState<'queued'> => ({
  ...job,
  state: 'queued',
  updatedAtMs: nowMs,
  notBeforeMs: nowMs + delayMs,
  lease: null,
});

const ended = <S extends 'completed' | 'failed' | 'cancelled'>(
  job: StoredJob,
  state: S,
  nowMs: number,
): InState<S> => ({
  ...job,
  state,
  updatedAtMs: nowMs,
  endedAtMs: nowMs,
  lease: null,
  cancelRequested: false,
});

export const cancelled = (job: StoredJob, nowMs: number) => ended(job, 'cancelled', nowMs);

export const failed = (job: StoredJob, failure: Failure, nowMs: number): InState<'failed'> => ({
  ...ended(job, 'failed', nowMs),
  failure,
});

export const completed = (
  job: StoredJob,
  outcome: JobOutcome,
  notices: readonly Notice[],
  nowMs: number,
): InState<'completed'> => ({
  ...ended(job, 'completed', nowMs),
  failure: null,
  result: { ...outcome, epoch: job.epoch },
  notices: [...notices],
});

export function withSegment(
  job: StoredJob,
  segment: { readonly index: number; readonly frameCount: number },
  nowMs: number,
): StoredJob {
  const others = job.segments.filter(({ index }) => index !== segment.index);
  const segments = [...others, { ...segment, epoch: job.epoch }];
  return {
    ...job,
    updatedAtMs: nowMs,
    fruitlessAttempts: 0,
    segments: segments.sort((one, other) => one.index - other.index),
  };
}

/** The attempt is taken back: its claim is as if it had not been, but for the epoch. */
export const released = (job: StoredJob, nowMs: number): InState<'queued'> => ({
  ...queued(job, nowMs),
  attempts: job.attempts - 1,
  fruitlessAttempts: Math.max(0, job.fruitlessAttempts - 1),
});

export const retried = (job: StoredJob, nowMs: number): StoredJob => ({
  ...queued(job, nowMs),
  fruitlessAttempts: 0,
  endedAtMs: null,
  failure: null,
});

const filesGone: Failure = {
  report: new ClearReelError('FILE_GONE').toReport(),
  retryable: false,
};

export const withoutFiles = (job: StoredJob, nowMs: number): InState<'failed'> => ({
  ...failed(job, filesGone, nowMs),
  segments: [],
  result: null,
});

const lost: Failure = {
  report: new ClearReelError('WORKER_LOST', { reason: because('HEARD_NOTHING') }).toReport(),
  retryable: true,
};

/** What becomes of a job whose worker vanished. */
export function recovered(job: StoredJob, nowMs: number, maxAttempts: number): StoredJob {
  if (job.cancelRequested) return cancelled(job, nowMs);
  if (job.fruitlessAttempts >= maxAttempts) return failed(job, job.failure ?? lost, nowMs);
  return queued(job, nowMs);
}
