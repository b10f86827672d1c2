import type { JobFiles } from './job-files.ts';
import type { JobRepository } from './job-repository.ts';

/** Deletes a job with its files, and its upload unless another job uses that. @throws ClearReelError `JOB_MISSING`. */
export async function removeJob(
  repository: JobRepository,
  files: JobFiles,
  jobId: string,
): Promise<void> {
  const { uploadId } = await repository.deleteJob(jobId);
  // What a worker still writes there goes once it has let go of the job.
  await files.removeJob(jobId).catch(() => {});
  if (uploadId) await files.removeUpload(uploadId);
}
