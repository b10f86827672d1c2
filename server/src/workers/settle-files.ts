import type { JobFiles } from '../jobs/job-files.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import { hasEnded } from '../jobs/transitions.ts';

/** Deletes what a job's files no longer need, once nobody works on it. */
export async function settleFiles(
  repository: JobRepository,
  files: JobFiles,
  jobId: string,
): Promise<void> {
  const job = await repository.findJob(jobId);
  if (!job) await files.removeJob(jobId);
  else if (hasEnded(job)) await files.tidy(job);
}
