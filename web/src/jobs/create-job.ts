import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { type JobToStore, storeJobs } from './job-order.ts';
import type { HostOptions, JobRecord } from './job-record.ts';

export interface NewJob {
  readonly file: File;
  readonly fingerprint: string;
  readonly facts: SourceFacts;
  readonly spec: JobSpec;
  readonly host: HostOptions;
  readonly handle?: FileSystemFileHandle;
  /** A frame as JPEG or the like, at most 320 px wide. */
  readonly thumbnail?: Blob;
  /** Copy the file into the browser's storage until the job is done, because there is no handle to it. */
  readonly keepsCopy?: boolean;
}

/** @param tab Who is to run them. */
export function createJobs(jobs: readonly NewJob[], tab?: string): Promise<JobRecord[]> {
  const createdAtMs = Date.now();
  return storeJobs(
    jobs.map(({ file, fingerprint, facts, spec, host, handle, thumbnail }): JobToStore => {
      const source = { name: file.name, bytes: file.size, fingerprint };
      return {
        record: {
          id: crypto.randomUUID(),
          createdAtMs,
          state: 'queued',
          ...(tab && { tab }),
          source: { ...source, ...(handle && { hasHandle: true }) },
          facts,
          spec,
          host,
          notices: [],
        },
        ...(handle && { handle }),
        ...(thumbnail && { thumbnail }),
      };
    }),
  );
}
