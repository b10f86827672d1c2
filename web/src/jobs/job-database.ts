import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import { storageError } from '../storage/storage-error.ts';
import type { FrozenJob, JobRecord, JobState, SourceRef } from './job-record.ts';
import { type JobSummary, putJob } from './job-summary.ts';

/** Every store is keyed by the job's id. What is large or slow to read lies beside the records that lists read. */
export interface JobSchema extends DBSchema {
  jobs: { key: string; value: JobRecord; indexes: { createdAtMs: number; state: JobState } };
  summaries: { key: string; value: JobSummary };
  frozen: { key: string; value: FrozenJob };
  handles: { key: string; value: FileSystemFileHandle };
  thumbnails: { key: string; value: Blob };
}

export const jobStores = ['jobs', 'summaries', 'frozen', 'handles', 'thumbnails'] as const;

type Upgrade = IDBPTransaction<JobSchema, StoreNames<JobSchema>[], 'versionchange'>;

/** In version 1 a record held all of its job. */
interface RecordV1 extends Omit<JobRecord, 'order' | 'source'> {
  readonly source: SourceRef & { readonly handle?: FileSystemFileHandle };
  readonly frozen?: FrozenJob;
}

let opening: Promise<IDBPDatabase<JobSchema>> | null = null;

const forget = () => {
  opening = null;
};

/** @param name Another database than the app's, for tests. */
export function openJobDatabase(name = 'clearreel'): Promise<IDBPDatabase<JobSchema>> {
  return new Promise((resolve, reject) => {
    const database = openDB<JobSchema>(name, 2, {
      upgrade(db, oldVersion, _newVersion, transaction) {
        if (oldVersion < 1) {
          db.createObjectStore('jobs', { keyPath: 'id' }).createIndex('createdAtMs', 'createdAtMs');
        }
        for (const store of ['frozen', 'handles', 'thumbnails'] as const)
          db.createObjectStore(store);
        db.createObjectStore('summaries', { keyPath: 'id' });
        transaction.objectStore('jobs').createIndex('state', 'state');
        // An upgrade that fails leaves the old version as it was.
        if (oldVersion === 1) splitRecords(transaction).catch(() => transaction.abort());
      },
      blocked: () => reject(new ClearReelError('STORAGE_DENIED', { reason: openElsewhere })),
      blocking(_current, _wanted, event) {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    });
    database.then(resolve, async (error) => reject(await storageError(error)));
  });
}

const openElsewhere = 'another tab has an older version of this page open; close it and reload';

export function jobDatabase(): Promise<IDBPDatabase<JobSchema>> {
  opening ??= openJobDatabase().catch((error) => {
    forget();
    throw error;
  });
  return opening;
}

async function splitRecords(transaction: Upgrade): Promise<void> {
  const jobs = transaction.objectStore('jobs');
  for (let cursor = await jobs.openCursor(); cursor; cursor = await cursor.continue()) {
    const { frozen, source, ...job } = cursor.value as unknown as RecordV1;
    const { handle, ...ref } = source;
    await putJob(transaction, {
      ...job,
      order: job.createdAtMs,
      source: { ...ref, ...(handle && { hasHandle: true }) },
      ...(frozen && { facts: frozen.facts, planned: extentOf(frozen) }),
    });
    if (frozen) await transaction.objectStore('frozen').put(frozen, job.id);
    if (handle) await transaction.objectStore('handles').put(handle, job.id);
  }
}

export const extentOf = ({ plan }: FrozenJob) => ({
  frames: plan.frameCount,
  segments: plan.segments.length,
});
