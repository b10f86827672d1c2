import { onJobsChanged } from '../jobs/job-changes.ts';
import { jobDb } from '../jobs/job-db.ts';
import type { JobSummary } from '../jobs/job-summary.ts';
import { type HistoryPage, type HistoryQuery, queryJobs } from './query.ts';

let reading: Promise<readonly JobSummary[]> | null = null;
let isFollowing = false;

/** All jobs, newest first, read again only after one of them has changed. */
function allJobs(): Promise<readonly JobSummary[]> {
  if (!isFollowing) {
    isFollowing = true;
    onJobsChanged(() => {
      reading = null;
    });
  }
  const current = reading ?? jobDb.list();
  reading = current;
  current.catch(() => {
    if (reading === current) reading = null;
  });
  return current;
}

/** A page of the history; ask again when `onJobsChanged` says that it may be another one. */
export async function queryHistory(query: HistoryQuery = {}): Promise<HistoryPage> {
  const { ids, ...page } = queryJobs(await allJobs(), query);
  return { ...page, jobs: await jobDb.getMany(ids) };
}
