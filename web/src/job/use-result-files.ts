import { useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import type { JobRecord } from '../jobs/job-record.ts';
import { type ResultFile, readResultFiles } from './result-files.ts';

export interface OfferedFile extends ResultFile {
  /** Of the browser's own, valid while the page shows it. */
  readonly url: string;
}

/** `null` until they are read; empty where they have been deleted. */
export function useResultFiles(job: JobRecord): readonly OfferedFile[] | null {
  const [files, setFiles] = useState<readonly OfferedFile[] | null>(null);
  const { id, result } = job;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a job's record is read anew now and then, its files stay the same
  useEffect(() => {
    let offered: OfferedFile[] = [];
    let isGone = false;
    readResultFiles(job).then((found) => {
      if (isGone) return;
      offered = found.map((each) => ({ ...each, url: URL.createObjectURL(each.file) }));
      setFiles(offered);
    }, showFailure);
    return () => {
      isGone = true;
      for (const { url } of offered) URL.revokeObjectURL(url);
    };
  }, [id, result?.fileName]);
  return files;
}
