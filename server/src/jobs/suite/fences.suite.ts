import { describe, expect, it } from 'vitest';
import type { Claim } from '../job-repository.ts';
import { type Bench, failure, leaseMs } from './bench.testing.ts';

export function describeFences(bench: Bench): void {
  const { clock, create, claim, tryClaim, find, stateOf, finish, jobIn, writes } = bench;

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
      await bench.repository.deleteJob(id);
      expect(await write(attempt)).toBe('stale');
      expect(await bench.repository.findJob(id)).toBeNull();
    });
  });

  describe('cancelling', () => {
    it('server 5.17 a waiting job ends at once', async () => {
      const { id } = await create();
      expect((await bench.repository.cancel(id)).state).toBe('cancelled');
      expect(await tryClaim()).toBeNull();
    });

    it('server 5.17 a running job ends when its worker gives it back, and the worker is told to', async () => {
      const { id } = await create();
      const { token } = await claim();
      expect(await bench.repository.cancel(id)).toMatchObject({
        state: 'processing',
        cancelRequested: true,
      });
      expect(await bench.repository.heartbeat(token, leaseMs)).toBe('cancel');
      expect(await bench.repository.release(token)).toBe('cancelled');
      expect(await find(id)).toMatchObject({
        state: 'cancelled',
        cancelRequested: false,
        lease: null,
      });
    });

    const ways: [string, (claim: Claim) => Promise<string>][] = [
      ['finishes', finish],
      ['fails', ({ token }) => bench.repository.fail(token, failure(true))],
      ['fails for good', ({ token }) => bench.repository.fail(token, failure(false))],
    ];
    it.each(ways)(
      'server 5.17 it ends as cancelled too where its worker %s instead',
      async (...[, end]) => {
        const { id } = await create();
        const attempt = await claim();
        await bench.repository.cancel(id);
        expect(await end(attempt)).toBe('cancelled');
        expect(await find(id)).toMatchObject({ state: 'cancelled', result: null });
      },
    );

    it('server 5.17 it ends where its worker vanished, before or after it was asked for', async () => {
      const { id } = await create();
      await claim();
      await bench.repository.cancel(id);
      clock.pass(leaseMs);
      expect(await tryClaim()).toBeNull();
      await bench.repository.sweep();
      const other = await create();
      await claim();
      clock.pass(leaseMs);
      await bench.repository.cancel(other.id);
      expect([await stateOf(id), await stateOf(other.id)]).toEqual(['cancelled', 'cancelled']);
    });

    it('server 5.17 a job that waits for its next attempt ends at once', async () => {
      const { id } = await create();
      await bench.repository.fail((await claim()).token, failure(true), { delayMs: 500 });
      expect((await bench.repository.cancel(id)).state).toBe('cancelled');
    });

    it('server 5.18 asking twice is no error', async () => {
      const { id } = await create();
      const { token } = await claim();
      await bench.repository.cancel(id);
      await bench.repository.cancel(id);
      await bench.repository.release(token);
      expect((await bench.repository.cancel(id)).state).toBe('cancelled');
    });

    it.each(['completed', 'failed'] as const)(
      'server 5.18 a %s job cannot be cancelled',
      async (state) => {
        const { id } = await jobIn(state);
        await expect(bench.repository.cancel(id)).rejects.toMatchObject({ code: 'JOB_CHANGED' });
        expect(await stateOf(id)).toBe(state);
      },
    );
  });
}
