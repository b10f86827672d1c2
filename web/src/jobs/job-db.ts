import { ClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice } from '@clearreel/shared/media/facts';
import { storageError } from '../storage/storage-error.ts';
import { announceJobs } from './job-changes.ts';
import { extentOf, jobDatabase, jobStores } from './job-database.ts';
import {
  type Extent,
  type FrozenJob,
  type HostOptions,
  type JobRecord,
  type JobReport,
  type JobResult,
  type JobState,
  openStates,
  type RemoteJob,
} from './job-record.ts';
import { type JobSummary, putJob } from './job-summary.ts';

/**
 * Changes one job in one transaction; the change sees the stored record, never a copy that may be old.
 * @throws ClearReelError `JOB_CHANGED` when the job is in none of the expected states, `JOB_MISSING`
 */
async function change(
  id: string,
  expected: readonly JobState[] | null,
  next: (job: JobRecord) => JobRecord,
): Promise<JobRecord> {
  const transaction = (await jobDatabase()).transaction(['jobs', 'summaries'], 'readwrite');
  const job = await transaction.objectStore('jobs').get(id);
  if (!job) throw new ClearReelError('JOB_MISSING');
  if (expected && !expected.includes(job.state)) {
    throw new ClearReelError('JOB_CHANGED');
  }
  const changed = next(job);
  await stored(Promise.all([putJob(transaction, changed), transaction.done]));
  announceJobs([id]);
  return changed;
}

async function stored<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    throw await storageError(error);
  }
}

const merged = (old: readonly Notice[], added: readonly Notice[]): Notice[] => {
  const known = new Set(old.map(({ code, message }) => `${code} ${message}`));
  return [...old, ...added.filter(({ code, message }) => !known.has(`${code} ${message}`))];
};

const ended = ({ tab: _, ...job }: JobRecord) => ({ ...job, endedAtMs: Date.now() });

const leftover = (job: JobRecord, remote: RemoteJob): JobRecord => {
  const { name, bytes, fingerprint } = job.source;
  return {
    ...ended(job),
    id: crypto.randomUUID(),
    state: 'cancelled',
    source: { name, bytes, fingerprint },
    remote: { ...remote, isDeleted: true },
  };
};

/** States of a job that nothing has finished. */
const unfinishedStates: readonly JobState[] = [...openStates, 'failed', 'cancelled'];

const withoutError = <J extends Partial<JobRecord>>({ error: _, endedAtMs: __, ...job }: J) => job;

/** The jobs of this browser. Methods say what happened; none writes a record as a whole. */
export const jobDb = {
  find: async (id: string): Promise<JobRecord | null> =>
    (await (await jobDatabase()).get('jobs', id)) ?? null,
  get: async (id: string): Promise<JobRecord> => {
    const job = await jobDb.find(id);
    if (!job) throw new ClearReelError('JOB_MISSING');
    return job;
  },
  /** Those of the jobs that there are, in the same order. */
  getMany: async (ids: readonly string[]): Promise<JobRecord[]> => {
    const { store } = (await jobDatabase()).transaction('jobs');
    const found = await Promise.all(ids.map((id) => store.get(id)));
    return found.filter((job) => job !== undefined);
  },
  /** All jobs, newest first, in short. */
  list: async (): Promise<JobSummary[]> =>
    (await (await jobDatabase()).getAll('summaries')).sort((a, b) => b.createdAtMs - a.createdAtMs),
  frozen: async (id: string): Promise<FrozenJob | null> =>
    (await (await jobDatabase()).get('frozen', id)) ?? null,
  handle: async (id: string): Promise<FileSystemFileHandle | null> =>
    (await (await jobDatabase()).get('handles', id)) ?? null,
  thumbnail: async (id: string): Promise<Blob | null> =>
    (await (await jobDatabase()).get('thumbnails', id)) ?? null,

  start: (id: string) =>
    change(id, ['queued'], (job) => ({
      ...withoutError(job),
      state: 'processing',
      startedAtMs: job.startedAtMs ?? Date.now(),
    })),
  /** Stops for as long as the user likes. */
  pause: (id: string) =>
    change(id, ['processing', 'queued'], (job) => ({ ...job, state: 'paused' })),
  /** Puts a job that was running back to its place in the queue. */
  giveBack: (id: string) => change(id, ['processing'], (job) => ({ ...job, state: 'queued' })),
  /** Makes an unfinished job one that `tab` is to run. */
  requeue: (id: string, tab: string, host?: HostOptions) =>
    change(id, unfinishedStates, (job) => ({
      ...withoutError(job),
      ...(host && { host }),
      state: 'queued',
      tab,
    })),
  /** Makes a job of a server one that `tab` sends and follows, also one that a tab before it has left. */
  adopt: (id: string, tab: string) =>
    change(id, ['queued', 'processing'], (job) => ({
      ...withoutError(job),
      state: 'processing',
      tab,
      startedAtMs: job.startedAtMs ?? Date.now(),
    })),
  finish: (id: string, result: JobResult, report: JobReport) =>
    change(id, ['processing'], ({ error: _, ...job }) => ({
      ...ended(job),
      ...(job.planned && { reached: job.planned }),
      state: 'completed',
      source: { ...job.source, hasCopy: false },
      result,
      report,
    })),
  fail: (id: string, error: ErrorReport) =>
    change(id, ['processing'], (job) => ({ ...ended(job), state: 'failed', error })),
  cancel: (id: string) => change(id, openStates, (job) => ({ ...ended(job), state: 'cancelled' })),

  noteCopy: (id: string) =>
    change(id, null, (job) => ({ ...job, source: { ...job.source, hasCopy: true } })),
  /** Segments are kept up to here. */
  noteReached: (id: string, reached: Extent) =>
    change(id, ['processing'], (job) => ({ ...job, reached })),
  noteTidy: (id: string) => change(id, ['completed'], (job) => ({ ...job, isTidy: true })),
  /** What is left out stays as it was. */
  noteRemote: (id: string, remote: RemoteJob) =>
    change(id, null, (job) => ({ ...job, remote: { ...job.remote, ...remote } })),
  /** The server knows nothing of it any more. */
  forgetRemote: (id: string) => change(id, null, ({ remote: _, ...job }) => job),
  /**
   * Makes a job of a server one of this device, which `tab` is to run. What the server has of it becomes a record of its
   * own, marked as deleted: it is to go over there too, even where the server is away now.
   * @throws ClearReelError `JOB_CHANGED` where the server has done it meanwhile, or another click was first
   */
  bringHome: async (id: string, tab: string): Promise<void> => {
    const transaction = (await jobDatabase()).transaction(['jobs', 'summaries'], 'readwrite');
    const job = await transaction.objectStore('jobs').get(id);
    if (!job) throw new ClearReelError('JOB_MISSING');
    const { remote, host, ...rest } = job;
    const { server, ...here } = host;
    if (!server || !unfinishedStates.includes(job.state)) throw new ClearReelError('JOB_CHANGED');
    const left = remote ? [leftover(job, remote)] : [];
    const records = [{ ...withoutError(rest), host: here, state: 'queued', tab } as const, ...left];
    const writing = records.map((record) => putJob(transaction, record));
    await stored(Promise.all([...writing, transaction.done]));
    announceJobs(records.map((record) => record.id));
  },
  addNotices: (id: string, notices: readonly Notice[]) =>
    change(id, null, (job) => ({ ...job, notices: merged(job.notices, notices) })),

  freeze: async (id: string, frozen: FrozenJob): Promise<void> => {
    const stores = ['jobs', 'summaries', 'frozen'] as const;
    const transaction = (await jobDatabase()).transaction(stores, 'readwrite');
    const job = await transaction.objectStore('jobs').get(id);
    if (!job) throw new ClearReelError('JOB_MISSING');
    const planned = { ...job, facts: job.facts ?? frozen.facts, planned: extentOf(frozen) };
    const writing = [
      putJob(transaction, planned),
      transaction.objectStore('frozen').put(frozen, id),
    ];
    await stored(Promise.all([...writing, transaction.done]));
    announceJobs([id]);
  },
  setHandle: async (id: string, handle: FileSystemFileHandle): Promise<void> => {
    await stored((await jobDatabase()).put('handles', handle, id));
    await change(id, null, (job) => ({ ...job, source: { ...job.source, hasHandle: true } }));
  },
  setThumbnail: async (id: string, thumbnail: Blob): Promise<void> => {
    await stored((await jobDatabase()).put('thumbnails', thumbnail, id));
    announceJobs([id]);
  },
  remove: async (id: string): Promise<void> => {
    const transaction = (await jobDatabase()).transaction(jobStores, 'readwrite');
    const deleting = jobStores.map((name) => transaction.objectStore(name).delete(id));
    await stored(Promise.all([...deleting, transaction.done]));
    announceJobs([id]);
  },
};
