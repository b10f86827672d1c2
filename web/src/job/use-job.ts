import { useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { onJobsChanged } from '../jobs/job-changes.ts';
import { jobDb } from '../jobs/job-db.ts';
import type { JobRecord } from '../jobs/job-record.ts';

/** One job as it is now, wherever it is changed; `null` when there is none, `undefined` until that is known. */
export function useJob(id: string): JobRecord | null | undefined {
  const [stored, setStored] = useState<JobRecord | null>();
  useEffect(() => {
    let isGone = false;
    const read = () => {
      jobDb.find(id).then((job) => !isGone && setStored(job), showFailure);
    };
    read();
    const stop = onJobsChanged((ids) => ids.includes(id) && read());
    return () => {
      isGone = true;
      stop();
    };
  }, [id]);
  return stored;
}
