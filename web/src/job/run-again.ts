import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { useDrafts } from '../drafts/drafts-store.ts';
import { jobDb } from '../jobs/job-db.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { useQueue } from '../queue/queue-store.ts';

/**
 * Opens the job's file with the job's settings as a new draft.
 * @throws ClearReelError `SOURCE_CHANGED` where the file can no longer be reached
 */
export async function runAgain(job: JobRecord): Promise<void> {
  const file = await useQueue.getState().reachSource(job, true);
  if (!file) throw new ClearReelError('SOURCE_CHANGED');
  const handle = await jobDb.handle(job.id);
  useDrafts.getState().add([{ file, spec: job.spec, ...(handle && { handle }) }]);
}
