import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';

const prefix = 'clearreel-job-';

/**
 * Does `work` while no other tab can touch the job; the browser frees the lock of a tab that is gone.
 * @throws ClearReelError `JOB_BUSY` at once when another tab has it.
 */
export function withJobLock<T>(jobId: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`${prefix}${jobId}`, { ifAvailable: true }, async (lock) => {
    if (!lock) throw new ClearReelError('JOB_BUSY');
    return work();
  });
}

/** Ids of the jobs that some tab of this browser is running now. */
export async function runningJobs(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(
    held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
}
