import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';

const prefix = 'clearreel-job-';

/** Long enough for another tab to clean up or to delete; whoever runs the job has it for longer. */
const patienceSeconds = 2;

/**
 * Does `work` while no other tab can touch the job; the browser frees the lock of a tab that is gone.
 * @throws ClearReelError `JOB_BUSY` when another tab keeps it.
 */
export async function withJobLock<T>(
  jobId: string,
  work: () => Promise<T>,
  waitSeconds = patienceSeconds,
): Promise<T> {
  const patience = new AbortController();
  const timer = setTimeout(
    () => patience.abort(new ClearReelError('JOB_BUSY')),
    1000 * waitSeconds,
  );
  return navigator.locks.request(`${prefix}${jobId}`, { signal: patience.signal }, () => {
    clearTimeout(timer);
    return work();
  });
}

/** Ids of the jobs that some tab of this browser works on now. */
export async function lockedJobs(): Promise<ReadonlySet<string>> {
  return heldWith(prefix);
}

/** What follows the prefix in the names of held locks. */
export async function heldWith(prefixOfName: string): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(
    held.flatMap(({ name }) =>
      name?.startsWith(prefixOfName) ? [name.slice(prefixOfName.length)] : [],
    ),
  );
}
