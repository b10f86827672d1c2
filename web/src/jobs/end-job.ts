import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { hasSegments, removeHalfResults, removeJobFiles } from '../storage/job-files.ts';
import { jobDb } from './job-db.ts';
import type { JobRecord } from './job-record.ts';

/** What a job that is stopped on purpose becomes: `queued` goes on by itself in its turn. */
export type StopAs = 'cancelled' | 'paused' | 'queued';

const stops = {
  cancelled: jobDb.cancel,
  paused: jobDb.pause,
  queued: jobDb.giveBack,
} as const satisfies Record<StopAs, (id: string) => Promise<JobRecord>>;

/** Ends a job that did not complete, and keeps of its files only what it can go on from: finished segments. */
export async function endJob(id: string, cause: StopAs | ClearReelError): Promise<JobRecord> {
  const isStop = typeof cause === 'string';
  const job = await jobDb.get(id);
  try {
    const ended = await (isStop ? stops[cause](id) : jobDb.fail(id, cause.toReport()));
    const isWorthless = !isStop && cause.code === 'SOURCE_NO_FRAMES';
    if (!isWorthless && ((isStop && cause !== 'cancelled') || (await hasSegments(id)))) {
      await removeHalfResults(id);
    } else {
      await removeJobFiles(id);
    }
    return ended;
  } catch (error) {
    if (error instanceof ClearReelError && error.code === 'JOB_CHANGED') throw error;
    // A full or denied disk may refuse even this. The user is told why the job ended; the next start sweeps.
    return isStop ? { ...job, state: cause } : { ...job, state: 'failed', error: cause.toReport() };
  }
}
