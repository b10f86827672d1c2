import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { storageError } from '../storage/storage-error.ts';
import { announceJobs } from './job-changes.ts';
import { jobDatabase, jobStores } from './job-database.ts';
import { type JobRecord, openStates } from './job-record.ts';
import { putJob } from './job-summary.ts';

export interface JobToStore {
  readonly record: Omit<JobRecord, 'order'>;
  readonly handle?: FileSystemFileHandle;
  readonly thumbnail?: Blob;
}

const byOrder = (a: JobRecord, b: JobRecord) => a.order - b.order || a.createdAtMs - b.createdAtMs;

/** Reads what is to be done; a history of thousands is not touched. */
async function readOpen(index: {
  getAll(state: (typeof openStates)[number]): Promise<JobRecord[]>;
}): Promise<JobRecord[]> {
  const lists = await Promise.all(openStates.map((state) => index.getAll(state)));
  return lists.flat().sort(byOrder);
}

/** Jobs still to be done, in their order. */
export async function listOpenJobs(): Promise<JobRecord[]> {
  return readOpen((await jobDatabase()).transaction('jobs').store.index('state'));
}

/** Stores new jobs, all or none, behind those that are there. */
export async function storeJobs(jobs: readonly JobToStore[]): Promise<JobRecord[]> {
  const transaction = (await jobDatabase()).transaction(jobStores, 'readwrite');
  const store = transaction.objectStore('jobs');
  let order = (await readOpen(store.index('state'))).at(-1)?.order ?? 0;
  const records = jobs.map(({ record }): JobRecord => ({ ...record, order: ++order }));
  const writing: Promise<unknown>[] = records.map((record) => putJob(transaction, record));
  for (const { record, handle, thumbnail } of jobs) {
    if (handle) writing.push(transaction.objectStore('handles').put(handle, record.id));
    if (thumbnail) writing.push(transaction.objectStore('thumbnails').put(thumbnail, record.id));
  }
  try {
    await Promise.all([...writing, transaction.done]);
  } catch (error) {
    throw await storageError(error);
  }
  announceJobs(records.map(({ id }) => id));
  return records;
}

/**
 * Moves a job before another, or to the end, and numbers the queue anew.
 * @throws ClearReelError `JOB_CHANGED` when one of the two is not in the queue any more.
 */
export async function moveJob(id: string, beforeId: string | null): Promise<void> {
  const transaction = (await jobDatabase()).transaction(['jobs', 'summaries'], 'readwrite');
  const queue = await readOpen(transaction.objectStore('jobs').index('state'));
  const moved = queue.find((job) => job.id === id);
  const others = queue.filter((job) => job.id !== id);
  const place = beforeId === null ? others.length : others.findIndex((job) => job.id === beforeId);
  if (id === beforeId) return;
  if (!moved || place < 0) throw new ClearReelError('JOB_CHANGED');
  const renumbered = others.toSpliced(place, 0, moved).flatMap((job, position): JobRecord[] => {
    const order = position + 1;
    return job.order === order ? [] : [{ ...job, order }];
  });
  await Promise.all([...renumbered.map((job) => putJob(transaction, job)), transaction.done]);
  announceJobs(renumbered.map((job) => job.id));
}
