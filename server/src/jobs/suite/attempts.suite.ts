import { describe, expect, it } from 'vitest';
import type { JobChange } from '../job-repository.ts';
import { type Bench, failure, leaseMs, maxAttempts } from './bench.testing.ts';
import { someOutcome } from './samples.testing.ts';

export function describeAttempts(bench: Bench): void {
  const { clock, create, claim, tryClaim, find, finish } = bench;

  describe('an attempt', () => {
    it('server 5.8 a heartbeat makes the lease last, and an unbroken row of them for ever', async () => {
      await create();
      const { token } = await claim();
      for (let beat = 0; beat < 5; beat++) {
        clock.pass(leaseMs - 1);
        expect(await bench.repository.heartbeat(token, leaseMs)).toBe('continue');
      }
      expect(await tryClaim()).toBeNull();
      expect((await bench.repository.sweep()).swept).toEqual([]);
    });

    it('server 5.9 segments are recorded with their attempt, in order, each once', async () => {
      const { id } = await create();
      const first = await claim();
      await bench.repository.recordSegment(first.token, { index: 1, frameCount: 8 });
      await bench.repository.recordSegment(first.token, { index: 0, frameCount: 9 });
      await bench.repository.recordSegment(first.token, { index: 1, frameCount: 8 });
      clock.pass(leaseMs);
      const second = await claim();
      await bench.repository.recordSegment(second.token, { index: 1, frameCount: 8 });
      expect((await find(id)).segments).toEqual([
        { index: 0, frameCount: 9, epoch: 1 },
        { index: 1, frameCount: 8, epoch: 2 },
      ]);
    });

    it('server 5.10 finishing publishes the result of that attempt', async () => {
      const { id } = await create();
      const notice = { code: 'RESTARTED', message: 'It was restarted.' };
      const { token } = await claim();
      expect(await bench.repository.finish(token, someOutcome, [notice])).toBe('completed');
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
      expect(await bench.repository.fail(token, failure(true), { delayMs: 500 })).toBe('queued');
      expect((await find(id)).failure).toEqual(failure(true));
      clock.pass(499);
      expect(await tryClaim()).toBeNull();
      clock.pass(1);
      expect((await claim()).job.id).toBe(id);
    });

    it('server 5.12 a failure that stays ends the job', async () => {
      const { id } = await create();
      expect(await bench.repository.fail((await claim()).token, failure(false))).toBe('failed');
      expect(await find(id)).toMatchObject({ state: 'failed', failure: failure(false) });
      expect(await tryClaim()).toBeNull();
    });

    it('server 5.13 attempts are bounded, by failures and by workers that vanish', async () => {
      const { id } = await create();
      expect(await bench.repository.fail((await claim()).token, failure(true))).toBe('queued');
      await claim();
      clock.pass(leaseMs);
      expect((await bench.repository.sweep()).swept.map(({ state }) => state)).toEqual(['queued']);
      await claim();
      clock.pass(leaseMs);
      expect(await tryClaim()).toBeNull();
      await bench.repository.sweep();
      expect(await find(id)).toMatchObject({ state: 'failed', attempts: maxAttempts });
    });

    it('server 5.13 a job without any report of its failure says that its worker was lost', async () => {
      const { id } = await create();
      for (let attempt = 0; attempt < maxAttempts; attempt++) {
        await claim();
        clock.pass(leaseMs);
      }
      await bench.repository.sweep();
      expect((await find(id)).failure).toMatchObject({
        report: { code: 'WORKER_LOST' },
        retryable: true,
      });
    });

    it('server 5.13 a whole segment makes the count of attempts begin anew', async () => {
      const { id } = await create();
      for (let attempt = 0; attempt < 2 * maxAttempts; attempt++) {
        const { token } = await claim();
        await bench.repository.recordSegment(token, { index: attempt, frameCount: 1 });
        expect(await bench.repository.fail(token, failure(true))).toBe('queued');
      }
      expect(await find(id)).toMatchObject({ attempts: 2 * maxAttempts });
    });

    it('server 5.14 giving a job back costs it no attempt', async () => {
      const { id } = await create();
      for (let attempt = 0; attempt < 2 * maxAttempts; attempt++) {
        expect(await bench.repository.release((await claim()).token)).toBe('queued');
      }
      expect(await find(id)).toMatchObject({ attempts: 0, epoch: 2 * maxAttempts });
      expect((await claim()).job.id).toBe(id);
    });
  });

  it('server 5.27 every change of a state is told, once it is kept', async () => {
    const told: string[] = [];
    const tell = (change: JobChange) => {
      told.push(change.kind === 'job' ? change.job.state : change.kind);
    };
    const silence = bench.repository.subscribe(tell);
    const { id } = await create();
    await bench.repository.fail((await claim()).token, failure(true));
    await finish(await claim());
    await bench.repository.deleteJob(id);
    silence();
    await create();
    expect(told).toEqual(['queued', 'processing', 'queued', 'processing', 'completed', 'deleted']);
  });
}
