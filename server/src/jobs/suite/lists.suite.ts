import { describe, expect, it } from 'vitest';
import type { JobRepository } from '../job-repository.ts';
import type { Bench } from './bench.testing.ts';

export function describeLists(bench: Bench): void {
  const { clock, create, claim, finish } = bench;

  describe('lists', () => {
    const names = ['Beach.mp4', 'city.mov', 'BEACH house.mkv', 'zoo.avi', 'alp.mp4'];
    async function fill() {
      const priorities = [5, 3, 5, 1, 3];
      for (const [at, sourceName] of names.entries()) {
        await create({ sourceName, priority: priorities[at] ?? 5 });
      }
    }
    const listed = async (query: Omit<Parameters<JobRepository['listJobs']>[0], 'limit'>) =>
      (await bench.repository.listJobs({ ...query, limit: 100 })).jobs.map((job) => job.sourceName);

    it('server 5.23 the newest jobs come first unless told otherwise', async () => {
      await fill();
      expect(await listed({})).toEqual([...names].reverse());
      expect(await listed({ order: 'ascending' })).toEqual(names);
    });

    it('server 5.23 jobs are sorted by name, by priority, by their last change', async () => {
      await fill();
      expect(await listed({ sort: 'name', order: 'ascending' })).toEqual([
        'alp.mp4',
        'BEACH house.mkv',
        'Beach.mp4',
        'city.mov',
        'zoo.avi',
      ]);
      const byPriority = await bench.repository.listJobs({
        sort: 'priority',
        order: 'ascending',
        limit: 9,
      });
      expect(byPriority.jobs.map(({ priority }) => priority)).toEqual([1, 3, 3, 5, 5]);
      clock.pass(1);
      const { job } = await claim();
      expect((await listed({ sort: 'updatedAt' }))[0]).toBe(job.sourceName);
    });

    it('server 5.24 jobs are found by a part of their name, in whatever case, and by their states', async () => {
      await fill();
      expect(await listed({ text: 'beach' })).toEqual(['BEACH house.mkv', 'Beach.mp4']);
      await finish(await claim());
      expect(await listed({ states: ['completed'] })).toEqual(['zoo.avi']);
      expect(await listed({ states: ['completed', 'queued'], text: 'o' })).toHaveLength(2 + 1);
      expect(await listed({ states: ['failed'] })).toEqual([]);
    });

    it.each(['createdAt', 'priority', 'name'] as const)(
      'server 5.25 pages by %s show every job once while others are added',
      async (sort) => {
        await fill();
        const before = (await bench.repository.listJobs({ limit: 100 })).jobs.map(({ id }) => id);
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await bench.repository.listJobs({
            sort,
            limit: 2,
            ...(cursor && { cursor }),
          });
          seen.push(...page.jobs.map(({ id }) => id));
          cursor = page.nextCursor ?? undefined;
          if (cursor && seen.length < 8) await create({ sourceName: `new ${seen.length}.mp4` });
        } while (cursor);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toEqual(expect.arrayContaining(before));
      },
    );

    it('server 5.25 the last page says so, and each says how many jobs match in all', async () => {
      await fill();
      const whole = await bench.repository.listJobs({ limit: 5 });
      expect([whole.nextCursor, whole.total]).toEqual([null, 5]);
      const page = await bench.repository.listJobs({ limit: 4, text: 'mp4' });
      expect([page.nextCursor, page.total]).toEqual([null, 2]);
    });

    it('server 5.25 a page goes on though the job that it ended with is deleted', async () => {
      await fill();
      const first = await bench.repository.listJobs({ limit: 2 });
      const { nextCursor } = first;
      await bench.repository.deleteJob(first.jobs[1]?.id ?? '');
      const rest = await bench.repository.listJobs({ limit: 9, cursor: nextCursor ?? '' });
      expect(rest.jobs.map(({ sourceName }) => sourceName)).toEqual(names.slice(0, 3).reverse());
    });

    const ofNoTime = { sort: 'createdAt', order: 'descending', key: 'z', id: 'q' };
    const madeUp = Buffer.from(JSON.stringify(ofNoTime)).toString('base64url');
    it.each(['', 'bm9uc2Vuc2U', 'e30', madeUp])(
      'server 5.26 a cursor that is not one is refused: “%s”',
      async (cursor) => {
        await expect(bench.repository.listJobs({ cursor, limit: 1 })).rejects.toMatchObject({
          code: 'REQUEST_INVALID',
          detail: { option: 'cursor' },
        });
      },
    );

    it('server 5.26 a cursor of another order is refused', async () => {
      await fill();
      const { nextCursor } = await bench.repository.listJobs({ sort: 'name', limit: 1 });
      const asked = bench.repository.listJobs({ limit: 1, cursor: nextCursor ?? '' });
      await expect(asked).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    });
  });
}
