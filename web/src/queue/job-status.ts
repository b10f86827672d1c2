import type { Translate } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { useQueue } from './queue-store.ts';

/** What a job is doing, as its card and its page say it. */
export type JobStatus =
  | 'queued'
  | 'running'
  | 'elsewhere'
  | 'interrupted'
  | 'paused'
  | 'needsFile'
  | 'needsPermission'
  | 'completed'
  | 'failed'
  | 'cancelled';

export function useJobStatus(job: JobRecord): JobStatus {
  return useQueue(({ running, runningElsewhere, interrupted, waitsForFile }) => {
    const { id, state } = job;
    if (running?.jobId === id) return 'running';
    if (runningElsewhere.has(id)) return 'elsewhere';
    if (interrupted.some((each) => each.id === id)) return 'interrupted';
    const wait = waitsForFile.get(id);
    if (state === 'queued' && wait) return wait === 'file' ? 'needsFile' : 'needsPermission';
    return state === 'processing' ? 'running' : state;
  });
}

export const statusText = (t: Translate, status: JobStatus): string => t(`job.states.${status}`);
