import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeInterleavings } from './interleavings.suite.ts';
import type { Claim, JobChange, JobRepository, NewJob } from './job-repository.ts';
import { someFacts, someOutcome, someReport, someSpec as spec } from './samples.testing.ts';
import type { Failure, JobState, StoredJob } from './stored-job.ts';

/** What the contract needs of an implementation. Times come from `nowMs` alone. */
export type RepositoryMaker = (options: {
  nowMs(): number;
  maxAttempts: number;
}) => Promise<JobRepository>;

const leaseMs = 1000;
const maxAttempts = 3;

const failure = (retryable: boolean): Failure => ({ report: someReport, retryable });

class Clock {
  ms = 1_000_000;
  readonly nowMs = () => this.ms;
  pass(ms: number): void {
    this.ms += ms;
  }
}

/** The contract of `JobRepository`: what holds whatever it keeps its records in. */
export function describeJobRepository(name: string, make: RepositoryMaker): void {
  describe(`server 5. ${name} keeps the contract of JobRepository`, () => {
    let repository: JobRepository;
    let clock: Clock;
    let uploads = 0;

    beforeEach(async () => {
      clock = new Clock();
      repository = await make({ nowMs: clock.nowMs, maxAttempts });
    });
    afterEach(() => repository.close());

    async function upload(sourceName = 'clip.mp4'): Promise<string> {
      const id = `00000000-0000-4000-8000-${String(++uploads).padStart(12, '0')}`;
      const expiresAtMs = clock.ms + 1_000_000;
      await repository.createUpload({ id, sourceName, bytes: 1000, expiresAtMs });
      await repository.completeUpload(id, { facts: someFacts, expiresAtMs });
      return id;
    }
    async function create(given: Partial<NewJob> & { sourceName?: string } = {}) {
      const { sourceName, ...rest } = given;
      const uploadId = rest.uploadId ?? (await upload(sourceName));
      clock.pass(1);
      const made = { spec, priority: 5, idempotencyKey: null, ...rest, uploadId };
      return (await repository.createJob(made)).job;
    }
    async function claim(workerId = 'w1'): Promise<Claim> {
      const claimed = await repository.claimNext({ workerId, leaseMs });
      if (!claimed) throw new Error('nothing to claim');
      return claimed;
    }
    const tryClaim = () => repository.claimNext({ workerId: 'w2', leaseMs });
    async function find(id: string): Promise<StoredJob> {
      const job = await repository.findJob(id);
      if (!job) throw new Error('no such job');
      return job;
    }
    const stateOf = async (id: string) => (await find(id)).state;
    const finish = ({ token }: Claim) => repository.finish(token, someOutcome, []);

    /** A job in the state asked for, by the way that leads there. */
    async function jobIn(state: JobState): Promise<{ id: string; attempt: Claim }> {
      const { id } = await create();
      const attempt = await claim();
      if (state === 'queued') await repository.release(attempt.token);
      if (state === 'completed') await finish(attempt);
      if (state === 'failed') await repository.fail(attempt.token, failure(false));
      if (state === 'cancelled') {
        await repository.cancel(id);
        await repository.release(attempt.token);
      }
      expect(await stateOf(id)).toBe(state);
      return { id, attempt };
    }

    /** Every write of an attempt; none of them may change a job that is not the attempt's any more. */
    const writes: [string, (claim: Claim) => Promise<string>][] = [
      ['heartbeat', ({ token }) => repository.heartbeat(token, leaseMs)],
      [
        'recordSegment',
        ({ token }) => repository.recordSegment(token, { index: 0, frameCount: 9 }),
      ],
      ['finish', (attempt) => repository.finish(attempt.token, { ...someOutcome, bytes: 7 }, [])],
      ['fail', ({ token }) => repository.fail(token, failure(true))],
      ['release', ({ token }) => repository.release(token)],
    ];

    describe('making a job', () => {
      it('server 5.1 a new job waits, with what its upload says of the source', async () => {
        const job = await create({ sourceName: 'été.mov', priority: 2 });
        expect(job).toMatchObject({ state: 'queued', sourceName: 'été.mov', sourceBytes: 1000 });
        expect(await repository.findJob(job.id)).toEqual(job);
        expect(await repository.countJobs()).toMatchObject({ queued: 1, processing: 0 });
      });

      it('server 5.2 the same key with the same request gives the same job, whatever became of it', async () => {
        const uploadId = await upload();
        const job = await create({ uploadId, idempotencyKey: 'k' });
        await finish(await claim());
        const again = { uploadId, spec, priority: 5, idempotencyKey: 'k' };
        const { job: same, isNew } = await repository.createJob(again);
        expect([same.id, same.state, isNew]).toEqual([job.id, 'completed', false]);
      });

      it('server 5.2 many requests with one key at the same time make one job', async () => {
        const given = { uploadId: await upload(), spec, priority: 5, idempotencyKey: 'k' };
        const made = await Promise.all(
          Array.from({ length: 20 }, () => repository.createJob(given)),
        );
        expect(new Set(made.map(({ job }) => job.id)).size).toBe(1);
        expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
      });

      it('server 5.2 the same key with another request is refused', async () => {
        const uploadId = await upload();
        await create({ uploadId, idempotencyKey: 'k' });
        const other = { uploadId, spec, priority: 6, idempotencyKey: 'k' };
        await expect(repository.createJob(other)).rejects.toMatchObject({
          code: 'IDEMPOTENCY_KEY_REUSED',
        });
      });

      it('server 5.3 a job needs an upload that is there and complete', async () => {
        const id = '00000000-0000-4000-8000-00000000ffff';
        const given = { uploadId: id, spec, priority: 5, idempotencyKey: null };
        const refused = { code: 'UPLOAD_MISSING' };
        await expect(repository.createJob(given)).rejects.toMatchObject(refused);
        await repository.createUpload({ id, sourceName: 'a', bytes: 1, expiresAtMs: clock.ms });
        await expect(repository.createJob(given)).rejects.toMatchObject(refused);
        expect((await repository.listJobs({ limit: 10 })).total).toBe(0);
      });
    });

    describe('claiming', () => {
      it('server 5.4 jobs are taken by priority, then by age', async () => {
        const priorities = [7, 10, 1, 7, 1, 5];
        const jobs = [];
        for (const priority of priorities) jobs.push(await create({ priority }));
        const order: number[] = [];
        for (const _ of priorities) {
          const { job } = await claim();
          order.push(jobs.findIndex(({ id }) => id === job.id));
        }
        expect(order).toEqual([2, 4, 5, 0, 3, 1]);
        expect(await tryClaim()).toBeNull();
      });

      it('server 5.4 a job knows how many are before it', async () => {
        const late = await create({ priority: 9 });
        const first = await create({ priority: 1 });
        const second = await create({ priority: 1 });
        const ahead = (job: StoredJob) => repository.countAhead(job.id);
        expect(await Promise.all([late, first, second].map(ahead))).toEqual([2, 0, 1]);
        await claim();
        expect(await Promise.all([late, first, second].map(ahead))).toEqual([1, null, 0]);
      });

      it('server 5.5 a claim counts the attempt and names it by a new epoch and lease', async () => {
        const { id } = await create();
        const { token, job } = await claim('w7');
        expect(job).toMatchObject({
          state: 'processing',
          epoch: 1,
          attempts: 1,
          startedAtMs: clock.ms,
        });
        expect(token).toEqual({ jobId: id, epoch: 1, leaseId: job.lease?.id });
        expect(job.lease).toMatchObject({ workerId: 'w7', expiresAtMs: clock.ms + leaseMs });
      });

      it('server 5.5 of many workers that claim at once, one gets the job', async () => {
        await create();
        const claims = await Promise.all(Array.from({ length: 20 }, tryClaim));
        expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
      });

      it('server 5.6 a job whose lease ran out is claimed by another worker, under a new epoch', async () => {
        const { id } = await create();
        const before = await claim();
        clock.pass(leaseMs);
        const after = await claim('w2');
        expect([after.job.id, after.token.epoch]).toEqual([id, before.token.epoch + 1]);
        expect(after.token.leaseId).not.toBe(before.token.leaseId);
      });

      it('server 5.7 nobody needs to be told of a job to find it', async () => {
        const silence = repository.subscribe(() => {});
        silence();
        const { id } = await create();
        expect((await claim()).job.id).toBe(id);
      });
    });

    describe('an attempt', () => {
      it('server 5.8 a heartbeat makes the lease last, and an unbroken row of them for ever', async () => {
        await create();
        const { token } = await claim();
        for (let beat = 0; beat < 5; beat++) {
          clock.pass(leaseMs - 1);
          expect(await repository.heartbeat(token, leaseMs)).toBe('continue');
        }
        expect(await tryClaim()).toBeNull();
        expect((await repository.sweep()).swept).toEqual([]);
      });

      it('server 5.9 segments are recorded with their attempt, in order, each once', async () => {
        const { id } = await create();
        const first = await claim();
        await repository.recordSegment(first.token, { index: 1, frameCount: 8 });
        await repository.recordSegment(first.token, { index: 0, frameCount: 9 });
        await repository.recordSegment(first.token, { index: 1, frameCount: 8 });
        clock.pass(leaseMs);
        const second = await claim();
        await repository.recordSegment(second.token, { index: 1, frameCount: 8 });
        expect((await find(id)).segments).toEqual([
          { index: 0, frameCount: 9, epoch: 1 },
          { index: 1, frameCount: 8, epoch: 2 },
        ]);
      });

      it('server 5.10 finishing publishes the result of that attempt', async () => {
        const { id } = await create();
        const notice = { code: 'RESTARTED', message: 'It was restarted.' };
        const { token } = await claim();
        expect(await repository.finish(token, someOutcome, [notice])).toBe('completed');
        expect(await find(id)).toMatchObject({
          state: 'completed',
          result: { ...someOutcome, epoch: 1 },
          notices: [notice],
          lease: null,
          endedAtMs: clock.ms,
        });
      });

      it('server 5.11 the same finish twice is one end', async () => {
        const { id } = await create();
        const attempt = await claim();
        const verdicts = await Promise.all([finish(attempt), finish(attempt)]);
        const job = await find(id);
        clock.pass(10);
        expect([...verdicts, await finish(attempt)]).toEqual(Array(3).fill('completed'));
        expect(await find(id)).toEqual(job);
      });

      it('server 5.12 a failure that may pass puts the job back, later and not before', async () => {
        const { id } = await create();
        const { token } = await claim();
        expect(await repository.fail(token, failure(true), { delayMs: 500 })).toBe('queued');
        expect((await find(id)).failure).toEqual(failure(true));
        clock.pass(499);
        expect(await tryClaim()).toBeNull();
        clock.pass(1);
        expect((await claim()).job.id).toBe(id);
      });

      it('server 5.12 a failure that stays ends the job', async () => {
        const { id } = await create();
        expect(await repository.fail((await claim()).token, failure(false))).toBe('failed');
        expect(await find(id)).toMatchObject({ state: 'failed', failure: failure(false) });
        expect(await tryClaim()).toBeNull();
      });

      it('server 5.13 attempts are bounded, by failures and by workers that vanish', async () => {
        const { id } = await create();
        expect(await repository.fail((await claim()).token, failure(true))).toBe('queued');
        await claim();
        clock.pass(leaseMs);
        expect((await repository.sweep()).swept.map(({ state }) => state)).toEqual(['queued']);
        await claim();
        clock.pass(leaseMs);
        expect(await tryClaim()).toBeNull();
        await repository.sweep();
        expect(await find(id)).toMatchObject({ state: 'failed', attempts: maxAttempts });
      });

      it('server 5.13 a job without any report of its failure says that its worker was lost', async () => {
        const { id } = await create();
        for (let attempt = 0; attempt < maxAttempts; attempt++) {
          await claim();
          clock.pass(leaseMs);
        }
        await repository.sweep();
        expect((await find(id)).failure).toMatchObject({
          report: { code: 'WORKER_LOST' },
          retryable: true,
        });
      });

      it('server 5.13 a whole segment makes the count of attempts begin anew', async () => {
        const { id } = await create();
        for (let attempt = 0; attempt < 2 * maxAttempts; attempt++) {
          const { token } = await claim();
          await repository.recordSegment(token, { index: attempt, frameCount: 1 });
          expect(await repository.fail(token, failure(true))).toBe('queued');
        }
        expect(await find(id)).toMatchObject({ attempts: 2 * maxAttempts });
      });

      it('server 5.14 giving a job back costs it no attempt', async () => {
        const { id } = await create();
        for (let attempt = 0; attempt < 2 * maxAttempts; attempt++) {
          expect(await repository.release((await claim()).token)).toBe('queued');
        }
        expect(await find(id)).toMatchObject({ attempts: 0, epoch: 2 * maxAttempts });
        expect((await claim()).job.id).toBe(id);
      });
    });

    describe('stale tokens', () => {
      it.each(writes)(
        'server 5.15 %s of an older epoch is refused and changes nothing',
        async (...[, write]) => {
          const { id } = await create();
          const before = await claim();
          clock.pass(leaseMs);
          await claim('w2');
          const job = await find(id);
          expect(await write(before)).toBe('stale');
          expect(await find(id)).toEqual(job);
        },
      );

      it.each(writes)(
        'server 5.15 %s after the lease ran out is refused, though nobody took the job yet',
        async (...[, write]) => {
          const { id } = await create();
          const attempt = await claim();
          clock.pass(leaseMs);
          const job = await find(id);
          expect(await write(attempt)).toBe('stale');
          expect(await find(id)).toEqual(job);
        },
      );

      it.each(writes)('server 5.15 %s with another lease is refused', async (...[, write]) => {
        const { id } = await create();
        const attempt = await claim();
        const job = await find(id);
        const forged = { ...attempt, token: { ...attempt.token, leaseId: id } };
        expect(await write(forged)).toBe('stale');
        expect(await find(id)).toEqual(job);
      });

      const ends = ['queued', 'failed', 'cancelled', 'completed'] as const;
      const cases = writes.flatMap(([name, write]) => ends.map((end) => ({ name, end, write })));
      const isSecondFinish = ({ name, end }: { name: string; end: string }) =>
        name === 'finish' && end === 'completed';
      it.each(cases.filter((each) => !isSecondFinish(each)))(
        'server 5.16 $name of an attempt whose job is $end is refused',
        async ({ end, write }) => {
          const { id, attempt } = await jobIn(end);
          const job = await find(id);
          expect(await write(attempt)).toBe('stale');
          expect(await find(id)).toEqual(job);
        },
      );

      it.each(writes)('server 5.16 %s of a deleted job is refused', async (...[, write]) => {
        const { id } = await create();
        const attempt = await claim();
        await repository.deleteJob(id);
        expect(await write(attempt)).toBe('stale');
        expect(await repository.findJob(id)).toBeNull();
      });
    });

    describe('cancelling', () => {
      it('server 5.17 a waiting job ends at once', async () => {
        const { id } = await create();
        expect((await repository.cancel(id)).state).toBe('cancelled');
        expect(await tryClaim()).toBeNull();
      });

      it('server 5.17 a running job ends when its worker gives it back, and the worker is told to', async () => {
        const { id } = await create();
        const { token } = await claim();
        expect(await repository.cancel(id)).toMatchObject({
          state: 'processing',
          cancelRequested: true,
        });
        expect(await repository.heartbeat(token, leaseMs)).toBe('cancel');
        expect(await repository.release(token)).toBe('cancelled');
        expect(await find(id)).toMatchObject({
          state: 'cancelled',
          cancelRequested: false,
          lease: null,
        });
      });

      const ways: [string, (claim: Claim) => Promise<string>][] = [
        ['finishes', finish],
        ['fails', ({ token }) => repository.fail(token, failure(true))],
        ['fails for good', ({ token }) => repository.fail(token, failure(false))],
      ];
      it.each(ways)(
        'server 5.17 it ends as cancelled too where its worker %s instead',
        async (...[, end]) => {
          const { id } = await create();
          const attempt = await claim();
          await repository.cancel(id);
          expect(await end(attempt)).toBe('cancelled');
          expect(await find(id)).toMatchObject({ state: 'cancelled', result: null });
        },
      );

      it('server 5.17 it ends where its worker vanished, before or after it was asked for', async () => {
        const { id } = await create();
        await claim();
        await repository.cancel(id);
        clock.pass(leaseMs);
        expect(await tryClaim()).toBeNull();
        await repository.sweep();
        const other = await create();
        await claim();
        clock.pass(leaseMs);
        await repository.cancel(other.id);
        expect([await stateOf(id), await stateOf(other.id)]).toEqual(['cancelled', 'cancelled']);
      });

      it('server 5.17 a job that waits for its next attempt ends at once', async () => {
        const { id } = await create();
        await repository.fail((await claim()).token, failure(true), { delayMs: 500 });
        expect((await repository.cancel(id)).state).toBe('cancelled');
      });

      it('server 5.18 asking twice is no error', async () => {
        const { id } = await create();
        const { token } = await claim();
        await repository.cancel(id);
        await repository.cancel(id);
        await repository.release(token);
        expect((await repository.cancel(id)).state).toBe('cancelled');
      });

      it.each(['completed', 'failed'] as const)(
        'server 5.18 a %s job cannot be cancelled',
        async (state) => {
          const { id } = await jobIn(state);
          await expect(repository.cancel(id)).rejects.toMatchObject({ code: 'JOB_CHANGED' });
          expect(await stateOf(id)).toBe(state);
        },
      );
    });

    describe('trying again, deleting', () => {
      it.each(['failed', 'cancelled'] as const)(
        'server 5.19 a %s job waits again, with its segments and all attempts left',
        async (state) => {
          const { id } = await create();
          const { token } = await claim();
          await repository.recordSegment(token, { index: 0, frameCount: 9 });
          if (state === 'cancelled') await repository.cancel(id);
          await repository.fail(token, failure(false));
          expect(await repository.retry(id)).toMatchObject({
            state: 'queued',
            failure: null,
            endedAtMs: null,
            fruitlessAttempts: 0,
            segments: [{ index: 0 }],
          });
          expect((await claim()).token.epoch).toBe(token.epoch + 1);
        },
      );

      it.each(['queued', 'processing', 'completed'] as const)(
        'server 5.19 a %s job cannot be tried again',
        async (state) => {
          const { id } = await jobIn(state);
          await expect(repository.retry(id)).rejects.toMatchObject({ code: 'JOB_CHANGED' });
          expect(await stateOf(id)).toBe(state);
        },
      );

      it.each(['queued', 'processing', 'completed', 'failed', 'cancelled'] as const)(
        'server 5.20 a %s job is deleted with its upload',
        async (state) => {
          const { id } = await jobIn(state);
          const { uploadId } = await find(id);
          expect(await repository.deleteJob(id)).toEqual({ uploadId });
          expect(await repository.findJob(id)).toBeNull();
          expect(await repository.findUpload(uploadId)).toBeNull();
        },
      );

      it('server 5.20 an upload that another job uses stays until that goes too', async () => {
        const one = await create();
        const other = await create({ uploadId: one.uploadId });
        expect(await repository.deleteJob(one.id)).toEqual({ uploadId: null });
        expect(await repository.findUpload(one.uploadId)).not.toBeNull();
        expect(await repository.deleteJob(other.id)).toEqual({ uploadId: one.uploadId });
      });

      it('server 5.21 what is not there is said', async () => {
        const id = '00000000-0000-4000-8000-00000000ffff';
        const refused = { code: 'JOB_MISSING' };
        await expect(repository.cancel(id)).rejects.toMatchObject(refused);
        await expect(repository.retry(id)).rejects.toMatchObject(refused);
        await expect(repository.deleteJob(id)).rejects.toMatchObject(refused);
        expect(await repository.findJob(id)).toBeNull();
        expect(await repository.countAhead(id)).toBeNull();
      });

      it.each(['queued', 'completed'] as const)(
        'server 5.22 a %s job whose files are gone fails and says so',
        async (state) => {
          const { id } = await jobIn(state);
          expect(await repository.loseFiles(id)).toBe('failed');
          expect(await find(id)).toMatchObject({
            state: 'failed',
            result: null,
            failure: { report: { code: 'FILE_GONE' }, retryable: false },
          });
        },
      );

      it('server 5.22 segments are forgotten of ended jobs only', async () => {
        const { id } = await create();
        const { token } = await claim();
        await repository.recordSegment(token, { index: 0, frameCount: 9 });
        expect(await repository.loseFiles(id)).toBe('unchanged');
        expect(await repository.forgetSegments(id)).toBe('unchanged');
        await repository.fail(token, failure(false));
        expect(await repository.forgetSegments(id)).toBe('forgotten');
        expect((await find(id)).segments).toEqual([]);
      });
    });

    describe('uploads', () => {
      it('server 4.1 an upload is complete once, and keeps what was found in it', async () => {
        const id = await upload('a.mov');
        const found = await repository.findUpload(id);
        expect(found).toMatchObject({ state: 'complete', sourceName: 'a.mov', facts: someFacts });
        clock.pass(5);
        const again = { facts: { ...someFacts, bytes: 1 }, expiresAtMs: 0 };
        expect(await repository.completeUpload(id, again)).toEqual(found);
        expect(await repository.listUploads()).toEqual([found]);
      });

      it('server 4.1 an upload that a job uses is not deleted', async () => {
        const { uploadId } = await create();
        await expect(repository.deleteUpload(uploadId)).rejects.toMatchObject({
          code: 'UPLOAD_IN_USE',
        });
        const unused = await upload();
        await repository.deleteUpload(unused);
        expect(await repository.findUpload(unused)).toBeNull();
        await expect(repository.deleteUpload(unused)).rejects.toMatchObject({
          code: 'UPLOAD_MISSING',
        });
      });
    });

    describe('lists', () => {
      const names = ['Beach.mp4', 'city.mov', 'BEACH house.mkv', 'zoo.avi', 'alp.mp4'];
      async function fill() {
        const priorities = [5, 3, 5, 1, 3];
        for (const [at, sourceName] of names.entries()) {
          await create({ sourceName, priority: priorities[at] ?? 5 });
        }
      }
      const listed = async (query: Omit<Parameters<JobRepository['listJobs']>[0], 'limit'>) =>
        (await repository.listJobs({ ...query, limit: 100 })).jobs.map((job) => job.sourceName);

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
        const byPriority = await repository.listJobs({
          sort: 'priority',
          order: 'ascending',
          limit: 9,
        });
        expect(byPriority.jobs.map(({ priority }) => priority)).toEqual([1, 3, 3, 5, 5]);
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
          const before = (await repository.listJobs({ limit: 100 })).jobs.map(({ id }) => id);
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await repository.listJobs({ sort, limit: 2, ...(cursor && { cursor }) });
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
        const whole = await repository.listJobs({ limit: 5 });
        expect([whole.nextCursor, whole.total]).toEqual([null, 5]);
        const page = await repository.listJobs({ limit: 4, text: 'mp4' });
        expect([page.nextCursor, page.total]).toEqual([null, 2]);
      });

      it('server 5.25 a page goes on though the job that it ended with is deleted', async () => {
        await fill();
        const first = await repository.listJobs({ limit: 2 });
        const { nextCursor } = first;
        await repository.deleteJob(first.jobs[1]?.id ?? '');
        const rest = await repository.listJobs({ limit: 9, cursor: nextCursor ?? '' });
        expect(rest.jobs.map(({ sourceName }) => sourceName)).toEqual(names.slice(0, 3).reverse());
      });

      it.each(['', 'bm9uc2Vuc2U', 'e30'])(
        'server 5.26 a cursor that is not one is refused: “%s”',
        async (cursor) => {
          await expect(repository.listJobs({ cursor, limit: 1 })).rejects.toMatchObject({
            code: 'REQUEST_INVALID',
            detail: { option: 'cursor' },
          });
        },
      );

      it('server 5.26 a cursor of another order is refused', async () => {
        await fill();
        const { nextCursor } = await repository.listJobs({ sort: 'name', limit: 1 });
        const asked = repository.listJobs({ limit: 1, cursor: nextCursor ?? '' });
        await expect(asked).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
      });
    });

    it('server 5.27 every change of a state is told, once it is kept', async () => {
      const told: string[] = [];
      const tell = (change: JobChange) => {
        told.push(change.kind === 'job' ? change.job.state : change.kind);
      };
      const silence = repository.subscribe(tell);
      const { id } = await create();
      await repository.fail((await claim()).token, failure(true));
      await finish(await claim());
      await repository.deleteJob(id);
      silence();
      await create();
      expect(told).toEqual([
        'queued',
        'processing',
        'queued',
        'processing',
        'completed',
        'deleted',
      ]);
    });

    describeInterleavings(make);
  });
}
