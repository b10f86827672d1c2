import { jobDb } from '../jobs/job-db.ts';
import { lockedJobs } from '../jobs/job-lock.ts';
import { listOpenJobs } from '../jobs/job-order.ts';
import { endStates, type JobRecord } from '../jobs/job-record.ts';
import { livingTabs } from './tab.ts';

export interface QueueLists {
  readonly queue: readonly JobRecord[];
  readonly runningElsewhere: ReadonlySet<string>;
  readonly interrupted: readonly JobRecord[];
  /** Other tabs that live and have jobs in the queue. */
  readonly otherTabs: readonly string[];
}

/** Reads the queue and finds out whose jobs they are, from the locks that living tabs hold. */
export async function readQueue(tab: string, own: ReadonlySet<string>): Promise<QueueLists> {
  const [queue, locked, tabs] = await Promise.all([listOpenJobs(), lockedJobs(), livingTabs()]);
  // What a server has already needs nobody.
  const isLeft = (job: JobRecord) =>
    !job.remote?.jobId &&
    (job.state === 'processing'
      ? !locked.has(job.id) && !own.has(job.id)
      : job.state === 'queued' && !tabs.has(job.tab ?? ''));
  const elsewhere = queue.filter(
    ({ id, state }) => state === 'processing' && locked.has(id) && !own.has(id),
  );
  const others = queue.flatMap((job) => (job.tab && job.tab !== tab ? [job.tab] : []));
  return {
    queue,
    runningElsewhere: new Set(elsewhere.map(({ id }) => id)),
    interrupted: queue.filter(isLeft),
    otherTabs: [...new Set(others)].filter((id) => tabs.has(id)),
  };
}

const isEnded = ({ state }: JobRecord) => endStates.some((end) => end === state);

/** Those of the jobs that are still over, as they are now. */
export async function readEnded(ids: Iterable<string>): Promise<ReadonlyMap<string, JobRecord>> {
  const read = await Promise.all([...ids].map((id) => jobDb.find(id)));
  return new Map(read.flatMap((job) => (job && isEnded(job) ? [[job.id, job]] : [])));
}
