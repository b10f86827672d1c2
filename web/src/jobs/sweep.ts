import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { removeHalfResults, removeJobFiles, removeWorkFiles } from '../storage/job-files.ts';
import { jobDb } from './job-db.ts';
import { withJobLock } from './job-lock.ts';

/** Deletes a job with everything that belongs to it; files first, so that a kill in between leaves no orphan. */
export async function deleteJob(id: string): Promise<void> {
  await withJobLock(id, async () => {
    await removeJobFiles(id);
    await jobDb.remove(id);
  });
}

/**
 * At start: what a killed tab left behind goes; unfinished jobs keep their segments. Folders are listed before jobs:
 * a job that another tab starts meanwhile has its record before its folder, so its folder is never taken for an orphan.
 * @param ids `jobsWithFiles()`
 */
export async function sweep(ids: readonly string[]): Promise<void> {
  const jobs = new Map((await jobDb.list()).map((job) => [job.id, job]));
  for (const id of ids) {
    if (jobs.get(id)?.isTidy) continue;
    await unlessBusy(id, async () => {
      const job = jobs.get(id);
      if (!job) await removeJobFiles(id);
      else if (job.state === 'completed') await tidy(id);
      else await removeHalfResults(id);
    });
  }
}

/** What only an unfinished job needs goes, and later starts need not look again. */
export async function tidy(id: string): Promise<void> {
  await removeWorkFiles(id);
  await jobDb.noteTidy(id);
}

async function unlessBusy(id: string, work: () => Promise<void>): Promise<void> {
  try {
    await withJobLock(id, work, 0.1);
  } catch (error) {
    if (!(error instanceof ClearReelError && error.code === 'JOB_BUSY')) throw error;
  }
}
