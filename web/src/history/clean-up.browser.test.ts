import { beforeEach, describe, expect, it } from 'vitest';
import { jobRecord, removeAllJobs } from '../jobs/job-db.test-kit.ts';
import { jobDb } from '../jobs/job-db.ts';
import { withJobLock } from '../jobs/job-lock.ts';
import { storeJobs } from '../jobs/job-order.ts';
import type { JobState } from '../jobs/job-record.ts';
import { jobsWithFiles, sourceCopyName, writeJobFile } from '../storage/job-files.ts';
import { cleanUp, planCleanUp } from './clean-up.ts';
import { storageUse, totalBytes } from './storage-use.ts';

const daysAgo = (days: number) => Date.now() - days * 24 * 3600 * 1000;

/** A job that ended so many days ago, with a result of so many bytes. */
async function ended(name: string, days: number, bytes: number, state: JobState = 'completed') {
  const result = { fileName: name, mimeType: 'video/mp4', bytes, sideFiles: [] };
  const isDone = state === 'completed';
  const [job] = await storeJobs([
    { record: jobRecord({ name, state, endedAtMs: daysAgo(days), ...(isDone && { result }) }) },
  ]);
  const id = job?.id ?? '';
  await writeJobFile(id, isDone ? 'result.mp4' : sourceCopyName, new Blob([new Uint8Array(bytes)]));
  return id;
}

const left = async () => (await jobDb.list()).map(({ name }) => name).sort();

beforeEach(removeAllJobs);

describe('app 6. clean-up', () => {
  it('app 6.40 does nothing by itself unless the user has set limits', async () => {
    await ended('old', 1000, 10);
    await ended('new', 0, 10);
    await cleanUp({ days: null, bytes: null });
    expect(await left()).toEqual(['new', 'old']);
  });

  it('app 6.41 deletes what is older than the limit, with its files', async () => {
    const old = await ended('old', 31, 10);
    await ended('recent', 29, 10);
    await ended('new', 0, 10);
    const { jobs, bytes } = await cleanUp({ days: 30, bytes: null });
    expect(jobs.map(({ id }) => id)).toEqual([old]);
    expect(bytes).toBe(10);
    expect(await left()).toEqual(['new', 'recent']);
    expect(await jobsWithFiles()).not.toContain(old);
  });

  it('app 6.42 deletes the oldest until the rest is within the limit, leftovers of failed jobs too', async () => {
    await ended('a', 4, 100);
    await ended('b', 3, 100, 'failed');
    await ended('c', 2, 100);
    await ended('d', 1, 100);
    await cleanUp({ days: null, bytes: 250 });
    expect(await left()).toEqual(['c', 'd']);
  });

  it('app 6.43 leaves the latest job that is over and every job that is not', async () => {
    await ended('paused', 100, 100, 'paused');
    await ended('queued', 100, 100, 'queued');
    await ended('old', 50, 100);
    await ended('latest', 40, 100);
    await cleanUp({ days: 1, bytes: 1 });
    expect(await left()).toEqual(['latest', 'paused', 'queued']);
  });

  it('app 6.44 leaves a job for later that another tab works on', async () => {
    const busy = await ended('busy', 50, 10);
    await ended('old', 40, 10);
    await ended('new', 0, 10);
    await withJobLock(busy, async () => void (await cleanUp({ days: 30, bytes: null })));
    expect(await left()).toEqual(['busy', 'new']);
  });

  it('app 6.45 says beforehand what would go', async () => {
    const old = await ended('old', 31, 10);
    await ended('new', 0, 10);
    const summaries = await jobDb.list();
    const plan = planCleanUp(summaries, await storageUse(summaries), { days: 30, bytes: null });
    expect(plan).toMatchObject({ jobs: [{ id: old }], bytes: 10 });
    expect(await left()).toEqual(['new', 'old']);
  });
});

describe('app 6. storage in use', () => {
  it('app 6.50 is known for each job, by what it is used for, and in all', async () => {
    const done = await ended('done', 0, 300);
    const failed = await ended('failed', 0, 40, 'failed');
    await writeJobFile(failed, 'result.mp4', new Blob(['half']));
    const use = await storageUse(await jobDb.list());
    expect(use.jobs.get(done)).toEqual({ resultBytes: 300, segmentBytes: 0, copyBytes: 0 });
    expect(use.jobs.get(failed)).toEqual({ resultBytes: 4, segmentBytes: 0, copyBytes: 40 });
    expect([...use.jobs.values()].map(totalBytes)).toEqual(expect.arrayContaining([300, 44]));
    expect(use.jobBytes).toBe(344);
    expect(use.quotaBytes).toBeGreaterThan(use.usedBytes ?? Number.POSITIVE_INFINITY);
  });
});
