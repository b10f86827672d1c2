import { useEffect, useState } from 'react';
import type { JobRecord } from '../jobs/job-record.ts';
import { useQueue } from '../queue/queue-store.ts';

/** The job's source without asking for anything; `null` where only a click could reach it. */
export function useSourceFile(job: JobRecord): File | null {
  const [file, setFile] = useState<File | null>(null);
  const reachSource = useQueue((state) => state.reachSource);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record is read anew now and then, its source stays the same
  useEffect(() => {
    let isGone = false;
    // Without its source the result plays alone.
    reachSource(job, false).then(
      (found) => !isGone && setFile(found),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [job.id, reachSource]);
  return file;
}
