import type { Translate } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { RemoteWork } from '../server/remote-work.ts';
import { useQueue } from './queue-store.ts';

/** What a job is doing, as its card and its page say it. */
export type JobStatus = LocalStatus | `server.${ServerState}`;

type ServerState = RemoteWork['phase'] | 'deleting';

type LocalStatus =
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
  return useQueue(({ running, remote, runningElsewhere, interrupted, waitsForFile }) => {
    const { id, state } = job;
    if (job.remote?.isDeleted) return 'server.deleting';
    const work = remote.get(id);
    if (work) return `server.${work.phase}` as const;
    if (running?.jobId === id) return 'running';
    if (runningElsewhere.has(id)) return 'elsewhere';
    const wait = waitsForFile.get(id);
    if (wait && job.host.server) return wait === 'file' ? 'needsFile' : 'needsPermission';
    if (interrupted.some((each) => each.id === id)) return 'interrupted';
    if (state === 'queued' && wait) return wait === 'file' ? 'needsFile' : 'needsPermission';
    return state === 'processing' ? 'running' : state;
  });
}

export const statusText = (t: Translate, status: JobStatus): string => {
  const [, phase] = status.split('server.') as [string, ServerState | undefined];
  return phase ? t(`server.states.${phase}`) : t(`job.states.${status as LocalStatus}`);
};

/** What a server works on goes on without this page, so there is nothing to pause. */
const pausable: readonly JobStatus[] = ['running', 'queued', 'server.waiting', 'server.upload'];

export const canPause = (status: JobStatus): boolean => pausable.includes(status);

export const isAtWork = (status: JobStatus): boolean =>
  status === 'running' || status === 'elsewhere';
