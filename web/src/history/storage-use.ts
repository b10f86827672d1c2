import type { JobSummary } from '../jobs/job-summary.ts';
import { jobFileSizes, jobsWithFiles } from '../storage/job-files.ts';

export interface JobUse {
  /** The result and what lies beside it. */
  readonly resultBytes: number;
  readonly segmentBytes: number;
  readonly copyBytes: number;
}

export interface StorageUse {
  readonly jobs: ReadonlyMap<string, JobUse>;
  /** Of all jobs together. */
  readonly jobBytes: number;
  /** What the browser counts for this site, the app itself and its models included; `null` where it does not say. */
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
}

export const totalBytes = ({ resultBytes, segmentBytes, copyBytes }: JobUse): number =>
  resultBytes + segmentBytes + copyBytes;

/** Of completed jobs the size is known; folders of the others, which are few, are looked through. */
export async function storageUse(summaries: readonly JobSummary[]): Promise<StorageUse> {
  const withFiles = new Set(await jobsWithFiles());
  const jobs = new Map<string, JobUse>();
  for (const { id, isTidy, resultBytes = 0, sideFiles } of summaries) {
    if (!withFiles.has(id)) continue;
    const isKnown = isTidy && sideFiles === 0;
    jobs.set(id, isKnown ? { resultBytes, segmentBytes: 0, copyBytes: 0 } : await jobFileSizes(id));
  }
  const { usage = null, quota = null } = await navigator.storage.estimate();
  return {
    jobs,
    jobBytes: [...jobs.values()].reduce((sum, use) => sum + totalBytes(use), 0),
    usedBytes: usage,
    quotaBytes: quota,
  };
}
