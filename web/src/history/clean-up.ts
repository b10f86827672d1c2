import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { ErrorCode } from '@clearreel/shared/errors/codes';
import { jobDb } from '../jobs/job-db.ts';
import { endStates } from '../jobs/job-record.ts';
import type { JobSummary } from '../jobs/job-summary.ts';
import { deleteJob } from '../jobs/sweep.ts';
import { deleteRemote } from '../server/delete-remote.ts';
import type { KeepLimits } from '../storage/storage-preferences.ts';
import { type StorageUse, storageUse, totalBytes } from './storage-use.ts';

export interface CleanUpPlan {
  readonly jobs: readonly JobSummary[];
  readonly bytes: number;
}

/** Left for another time: another tab has the job, or its server is away. */
const later: ReadonlySet<ErrorCode> = new Set(['JOB_BUSY', 'SERVER_DELETES_LATER']);

const dayMs = 24 * 3600 * 1000;

const endOf = ({ endedAtMs, createdAtMs }: JobSummary) => endedAtMs ?? createdAtMs;

/**
 * What the limits do not let be kept, oldest first. Only jobs that are over go, and never the latest of them, which
 * may be what the user is about to look at.
 */
export function planCleanUp(
  summaries: readonly JobSummary[],
  use: StorageUse,
  { days, bytes }: KeepLimits,
  nowMs = Date.now(),
): CleanUpPlan {
  const bytesOf = ({ id }: JobSummary) => {
    const known = use.jobs.get(id);
    return known ? totalBytes(known) : 0;
  };
  const over = summaries
    .filter(({ state, isDeleted }) => !isDeleted && endStates.some((end) => end === state))
    .sort((a, b) => endOf(a) - endOf(b))
    .slice(0, -1);
  let keptBytes = use.jobBytes;
  const jobs = over.filter((job) => {
    const isOld = days !== null && nowMs - endOf(job) > days * dayMs;
    const isTooMuch = bytes !== null && keptBytes > bytes && bytesOf(job) > 0;
    if (isOld || isTooMuch) keptBytes -= bytesOf(job);
    return isOld || isTooMuch;
  });
  return { jobs, bytes: use.jobBytes - keptBytes };
}

/** Deletes what the limits do not let be kept; what another tab works on is left for the next time. */
export async function cleanUp(limits: KeepLimits): Promise<CleanUpPlan> {
  if (limits.days === null && limits.bytes === null) return { jobs: [], bytes: 0 };
  const summaries = await jobDb.list();
  const plan = planCleanUp(summaries, await storageUse(summaries), limits);
  for (const { id, isRemote } of plan.jobs) {
    try {
      if (isRemote) await deleteRemote(await jobDb.get(id));
      else await deleteJob(id);
    } catch (error) {
      if (!(error instanceof ClearReelError && later.has(error.code))) throw error;
    }
  }
  return plan;
}
