import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobRepository } from './job-repository.ts';

/** Deletes a job with its files, and its upload unless another job uses that. @throws ClearReelError `JOB_MISSING`. */
export async function removeJob(
  repository: JobRepository,
  dataFolder: string,
  jobId: string,
): Promise<void> {
  const { uploadId } = await repository.deleteJob(jobId);
  await rm(join(dataFolder, 'jobs', jobId), { recursive: true, force: true });
  if (uploadId) await rm(join(dataFolder, 'uploads', uploadId), { force: true });
}
