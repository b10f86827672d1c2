import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobRecord, removeAllJobs } from '../jobs/job-db.test-kit.ts';
import { jobDb } from '../jobs/job-db.ts';
import { storeJobs } from '../jobs/job-order.ts';
import type { JobState } from '../jobs/job-record.ts';
import { queryHistory } from './history.ts';

const states: readonly JobState[] = ['completed', 'completed', 'failed', 'cancelled', 'paused'];

const names = (page: { jobs: readonly { source: { name: string } }[] }) =>
  page.jobs.map(({ source }) => source.name);

describe('app 6. a history of 2,000 jobs', () => {
  afterAll(removeAllJobs);

  beforeAll(async () => {
    await removeAllJobs();
    const records = Array.from({ length: 2000 }, (_, number) =>
      jobRecord({
        name: number % 100 === 7 ? `Café ${number}.mkv` : `clip ${number}.mp4`,
        createdAtMs: 1_000_000 + number,
        state: states[number % 5] ?? 'completed',
        bytes: 1000 + ((number * 7) % 2000),
        durationSeconds: (number * 3) % 2000,
      }),
    );
    await storeJobs(records.map((record) => ({ record })));
  });

  it('app 6.30 has the newest first, in pages, with the number in each state', async () => {
    const first = await queryHistory({ pageSize: 50 });
    expect(first).toMatchObject({ total: 2000, page: 0, pages: 40 });
    expect(names(first).slice(0, 2)).toEqual(['clip 1999.mp4', 'clip 1998.mp4']);
    expect(first.jobs).toHaveLength(50);
    expect(first.counts).toMatchObject({
      completed: 800,
      failed: 400,
      cancelled: 400,
      paused: 400,
    });
    const last = await queryHistory({ pageSize: 50, page: 99 });
    expect(last.page).toBe(39);
    expect(names(last).at(-1)).toBe('clip 0.mp4');
  });

  it('app 6.31 is filtered by states and searched by words, whatever their case and accents', async () => {
    const failed = await queryHistory({ states: ['failed', 'cancelled'] });
    expect(failed.total).toBe(800);
    const cafes = await queryHistory({ search: 'CAFE  mkv', states: ['failed'] });
    expect(cafes.total).toBe(20);
    expect(cafes.counts).toMatchObject({ failed: 20, completed: 0 });
    expect((await queryHistory({ search: 'no such clip' })).jobs).toEqual([]);
  });

  it('app 6.32 is sorted by name as people count, by size and by length', async () => {
    const byName = await queryHistory({ sort: 'name', search: 'clip', pageSize: 3 });
    expect(names(byName)).toEqual(['clip 0.mp4', 'clip 1.mp4', 'clip 2.mp4']);
    const { jobs: largest } = await queryHistory({ sort: 'largest', pageSize: 2 });
    expect(largest.map(({ source }) => source.bytes)).toEqual([2999, 2998]);
    const { jobs: longest } = await queryHistory({ sort: 'longest', pageSize: 2 });
    expect(longest.map(({ facts }) => facts?.durationSeconds)).toEqual([1999, 1998]);
    expect(names(await queryHistory({ sort: 'oldest', pageSize: 1 }))).toEqual(['clip 0.mp4']);
  });

  it('app 6.33 shows at once what has changed', async () => {
    const [job] = (await queryHistory({ states: ['paused'], pageSize: 1 })).jobs;
    await jobDb.cancel(job?.id ?? '');
    expect((await queryHistory()).counts).toMatchObject({ paused: 399, cancelled: 401 });
    await jobDb.remove(job?.id ?? '');
    expect((await queryHistory()).total).toBe(1999);
  });
});
