import type { JobRecord, JobState } from './job-record.ts';

/** What filters, sorting and clean-up need of a job: a tenth of its record, because thousands are read at once. */
export interface JobSummary {
  readonly id: string;
  readonly createdAtMs: number;
  readonly endedAtMs?: number;
  readonly state: JobState;
  readonly name: string;
  readonly sourceBytes: number;
  readonly resultBytes?: number;
  readonly sideFiles?: number;
  readonly durationSeconds: number;
  readonly model: string;
  readonly container: string;
  readonly isTidy?: boolean;
  /** A server has it, or part of it. */
  readonly isRemote?: boolean;
  /** It goes when the server has deleted it. */
  readonly isDeleted?: boolean;
}

function summaryOf(job: JobRecord): JobSummary {
  const { id, createdAtMs, endedAtMs, state, source, facts, spec, result, isTidy, remote } = job;
  return {
    ...{ id, createdAtMs, state, name: source.name, sourceBytes: source.bytes },
    durationSeconds: facts?.durationSeconds ?? 0,
    model: spec.enhance.model,
    container: spec.output.container,
    ...(endedAtMs !== undefined && { endedAtMs }),
    ...(result && { resultBytes: result.bytes, sideFiles: result.sideFiles.length }),
    ...(isTidy && { isTidy }),
    ...(remote && { isRemote: true }),
    ...(remote?.isDeleted && { isDeleted: true }),
  };
}

interface Store<T> {
  put(value: T): Promise<unknown>;
}

/** Records and summaries are written in one transaction, always both. */
export interface JobStores {
  objectStore(name: 'jobs'): Store<JobRecord>;
  objectStore(name: 'summaries'): Store<JobSummary>;
}

export const putJob = (transaction: JobStores, job: JobRecord): Promise<unknown> =>
  Promise.all([
    transaction.objectStore('jobs').put(job),
    transaction.objectStore('summaries').put(summaryOf(job)),
  ]);
