import { useEffect, useState } from 'react';
import type { JobRecord } from '../jobs/job-record.ts';
import { closeFrames, type LiveFrames } from '../jobs/live-frames.ts';
import { followNewest } from './newest-there.ts';
import { ServerClient } from './server-client.ts';

/** The newest frame of a job that a server works on, before and after. Draw it when it comes. */
export function useNewestThere({ host, remote }: JobRecord, isAtWork: boolean): LiveFrames | null {
  const address = isAtWork ? host.server : undefined;
  const jobId = remote?.jobId;
  const [shown, setShown] = useState<LiveFrames | null>(null);
  useEffect(() => {
    if (address === undefined || jobId === undefined) return;
    const leaving = new AbortController();
    let latest: LiveFrames | null = null;
    const replace = (frames: LiveFrames | null) => {
      if (latest) closeFrames(latest);
      latest = frames;
      setShown(frames);
    };
    void followNewest(new ServerClient(address), jobId, leaving.signal, (frames) => {
      if (leaving.signal.aborted) closeFrames(frames);
      else replace(frames);
    });
    return () => {
      leaving.abort();
      replace(null);
    };
  }, [address, jobId]);
  return shown;
}
