import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { hasSegments, removeHalfResults, removeJobFiles } from '../storage/job-files.ts';
import { jobDb } from './job-db.ts';
import type { JobRecord } from './job-record.ts';

/**
 * Ends a job that did not complete, and keeps of it only what it can go on from: finished segments. A job that was
 * refused before its work began leaves nothing at all; its record is returned for the page to show.
 */
export async function endJob(id: string, cause: unknown): Promise<JobRecord> {
  const error = asClearReelError(cause, 'INTERNAL', { stage: 'the page' });
  const job = await jobDb.get(id);
  const isCancelled = error.code === 'CANCELLED';
  const ended: JobRecord = isCancelled
    ? { ...job, state: 'cancelled' }
    : { ...job, state: 'failed', error: error.toReport() };
  try {
    await (isCancelled ? jobDb.cancel(id) : jobDb.fail(id, error.toReport()));
    if (error.code !== 'SOURCE_NO_FRAMES' && (await hasSegments(id))) {
      await removeHalfResults(id);
    } else {
      await removeJobFiles(id);
      if (!job.frozen) await jobDb.remove(id);
    }
  } catch {
    // A full or denied disk may refuse even this. The user is told why the job ended; the next start sweeps.
  }
  return ended;
}
