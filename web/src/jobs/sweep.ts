import { removeJobFiles, removeOrphans } from '../storage/job-files.ts';
import { jobDb } from './job-db.ts';

/** Deletes a job with everything that belongs to it; files first, so that a kill in between leaves no orphan. */
export async function deleteJob(id: string): Promise<void> {
  await removeJobFiles(id);
  await jobDb.remove(id);
}

/** At start: what a killed tab left behind goes; unfinished jobs keep their segments. */
export async function sweep(): Promise<void> {
  const jobs = await jobDb.list();
  await removeOrphans(new Set(jobs.map(({ id }) => id)));
}
