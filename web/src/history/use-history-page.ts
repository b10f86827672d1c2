import { useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { onJobsChanged } from '../jobs/job-changes.ts';
import { queryHistory } from './history.ts';
import type { HistoryPage, HistoryQuery } from './query.ts';

/** The page of the history that a query asks for, as it is now; the last answer until the next is there. */
export function useHistoryPage(query: HistoryQuery): HistoryPage | null {
  const [found, setFound] = useState<HistoryPage | null>(null);
  const key = JSON.stringify(query);
  useEffect(() => {
    let isGone = false;
    const read = () => {
      queryHistory(JSON.parse(key) as HistoryQuery).then(
        (page) => !isGone && setFound(page),
        showFailure,
      );
    };
    read();
    const stop = onJobsChanged(read);
    return () => {
      isGone = true;
      stop();
    };
  }, [key]);
  return found;
}
