import type { Job } from '@clearreel/shared/api/job';
import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { useCallback, useEffect, useState } from 'react';
import { reportOf } from '../app/report.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { ServerClient } from './server-client.ts';

export interface RemoteResult {
  /** As the server shows it, with links that hold still; `null` until it has answered. */
  readonly job: Job | null;
  readonly error: ErrorReport | null;
  readonly client: ServerClient;
  /** Asks for fresh links. Never rejects. */
  renew(): Promise<Job | null>;
}

/** When a link ends to hold; never where it does not say so. */
const endMs = (link: string): number => {
  const expires = new URL(link, location.origin).searchParams.get('expires');
  return expires === null ? Number.POSITIVE_INFINITY : 1000 * Number(expires);
};

/** Whether a link may be over before what is begun with it now. */
export const isStale = (link: string): boolean => endMs(link) - Date.now() < 2_000;

const longestTimerMs = 2 ** 31 - 1;

/** The result of a job that a server did; its links are renewed before they expire. */
export function useRemoteResult({ id, host, remote }: JobRecord): RemoteResult {
  const address = host.server ?? location.origin;
  const jobId = remote?.jobId ?? id;
  const [client] = useState(() => new ServerClient(address));
  const [job, setJob] = useState<Job | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const renew = useCallback(async () => {
    try {
      const found = await client.job(jobId);
      setJob(found);
      setError(null);
      return found;
    } catch (failure) {
      setError(reportOf(failure));
      return null;
    }
  }, [client, jobId]);
  useEffect(() => {
    void renew();
    const again = () => void renew();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [renew]);
  const link = job?.links.source;
  useEffect(() => {
    if (!link) return;
    const waitMs = Math.max(1_000, 0.8 * (endMs(link) - Date.now()));
    const timer = setTimeout(() => void renew(), Math.min(waitMs, longestTimerMs));
    return () => clearTimeout(timer);
  }, [link, renew]);
  return { job, error, client, renew };
}
