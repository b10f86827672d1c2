import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice } from '@clearreel/shared/media/facts';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { storageError } from '../storage/storage-error.ts';
import type { FrozenJob, JobRecord, JobReport, JobResult } from './job-record.ts';

interface Schema extends DBSchema {
  jobs: { key: string; value: JobRecord; indexes: { createdAtMs: number } };
}

let opening: Promise<IDBPDatabase<Schema>> | null = null;

function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('clearreel', 1, {
    upgrade(db) {
      db.createObjectStore('jobs', { keyPath: 'id' }).createIndex('createdAtMs', 'createdAtMs');
    },
  }).catch(async (error) => {
    opening = null;
    throw await storageError(error);
  });
  return opening;
}

/** Changes one job in one transaction; the change sees the stored record, never a copy that may be old. */
async function change(id: string, next: (job: JobRecord) => JobRecord): Promise<JobRecord> {
  const transaction = (await database()).transaction('jobs', 'readwrite');
  const job = await transaction.store.get(id);
  if (!job) throw new ClearReelError('JOB_MISSING');
  const changed = next(job);
  try {
    await Promise.all([transaction.store.put(changed), transaction.done]);
  } catch (error) {
    throw await storageError(error);
  }
  return changed;
}

const merged = (old: readonly Notice[], added: readonly Notice[]): Notice[] => {
  const known = new Set(old.map(({ code, message }) => `${code} ${message}`));
  return [...old, ...added.filter(({ code, message }) => !known.has(`${code} ${message}`))];
};

/** The jobs of this browser. Methods say what happened; nothing writes a record as a whole but `create`. */
export const jobDb = {
  create: async (job: JobRecord): Promise<void> => {
    try {
      await (await database()).add('jobs', job);
    } catch (error) {
      throw await storageError(error);
    }
  },
  get: async (id: string): Promise<JobRecord> => {
    const job = await (await database()).get('jobs', id);
    if (!job) throw new ClearReelError('JOB_MISSING');
    return job;
  },
  /** Newest first. */
  list: async (): Promise<JobRecord[]> =>
    (await (await database()).getAllFromIndex('jobs', 'createdAtMs')).reverse(),
  start: (id: string) => change(id, ({ error: _, ...job }) => ({ ...job, state: 'processing' })),
  noteCopy: (id: string) =>
    change(id, (job) => ({ ...job, source: { ...job.source, hasCopy: true } })),
  freeze: (id: string, frozen: FrozenJob) => change(id, (job) => ({ ...job, frozen })),
  addNotices: (id: string, notices: readonly Notice[]) =>
    change(id, (job) => ({ ...job, notices: merged(job.notices, notices) })),
  finish: (id: string, result: JobResult, report: JobReport) =>
    change(id, ({ error: _, ...job }) => ({
      ...job,
      state: 'completed',
      source: { ...job.source, hasCopy: false },
      result,
      report,
    })),
  fail: (id: string, error: ErrorReport) =>
    change(id, (job) => ({ ...job, state: 'failed', error })),
  cancel: (id: string) => change(id, (job) => ({ ...job, state: 'cancelled' })),
  remove: async (id: string): Promise<void> => {
    await (await database()).delete('jobs', id);
  },
};
