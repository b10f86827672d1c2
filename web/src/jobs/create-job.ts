import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { jobDb } from './job-db.ts';
import type { HostOptions, JobRecord } from './job-record.ts';

export interface NewJob {
  readonly file: File;
  readonly fingerprint: string;
  readonly spec: JobSpec;
  readonly host: HostOptions;
  readonly handle?: FileSystemFileHandle;
}

export async function createJob({
  file,
  fingerprint,
  spec,
  host,
  handle,
}: NewJob): Promise<JobRecord> {
  const job: JobRecord = {
    id: crypto.randomUUID(),
    createdAtMs: Date.now(),
    state: 'queued',
    source: { name: file.name, bytes: file.size, fingerprint, ...(handle && { handle }) },
    spec,
    host,
    notices: [],
  };
  await jobDb.create(job);
  return job;
}
