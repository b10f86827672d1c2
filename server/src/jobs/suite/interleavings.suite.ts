import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Claim, JobRepository } from '../job-repository.ts';
import type { StoredJob } from '../stored-job.ts';
import type { RepositoryMaker } from './bench.testing.ts';
import { someFacts, someOutcome, someReport, someSpec } from './samples.testing.ts';

/** One thing that somebody does; `pick` chooses the job or the attempt, stale ones included. */
interface Step {
  readonly act: (typeof acts)[number];
  readonly pick: number;
}

const acts = [
  'create',
  'claim',
  'heartbeat',
  'recordSegment',
  'finish',
  'fail',
  'failForGood',
  'release',
  'cancel',
  'retry',
  'delete',
  'sweep',
  'wait',
  'waitLong',
] as const;

const leaseMs = 100;
const maxAttempts = 3;

/** What no order of events may break, seen from outside. */
class Witness {
  readonly #repository: JobRepository;
  readonly #uploadId: string;
  readonly #wait: (ms: number) => void;
  readonly #attempts: Claim[] = [];
  readonly #completedBy = new Map<string, number>();
  readonly #ids: string[] = [];
  #before = new Map<string, StoredJob>();

  constructor(repository: JobRepository, uploadId: string, wait: (ms: number) => void) {
    this.#repository = repository;
    this.#uploadId = uploadId;
    this.#wait = wait;
  }

  async take({ act, pick }: Step): Promise<void> {
    const id = this.#ids[pick % this.#ids.length] ?? this.#uploadId;
    const attempt = this.#attempts[pick % this.#attempts.length];
    const repository = this.#repository;
    switch (act) {
      case 'create': {
        const given = { uploadId: this.#uploadId, spec: someSpec, idempotencyKey: null };
        const creating = repository.createJob({ ...given, priority: 1 + (pick % 10) });
        // Whoever deletes the upload's last job at the same moment takes the upload along.
        const made = await creating.catch((error) => {
          expect(error.code).toBe('UPLOAD_MISSING');
        });
        if (made) this.#ids.push(made.job.id);
        return;
      }
      case 'claim': {
        const claim = await repository.claimNext({ workerId: 'w', leaseMs });
        if (claim) this.#attempts.push(claim);
        return;
      }
      case 'sweep':
        await repository.sweep();
        return;
      case 'wait':
        return this.#wait(leaseMs / 4);
      case 'waitLong':
        return this.#wait(leaseMs);
      case 'cancel':
      case 'retry':
        // Refused in most states; what matters is that nothing else changes then.
        await repository[act](id).catch((error) => expect(error.code).toMatch(/^JOB_/));
        return;
      case 'delete':
        if (pick % 4 === 0) await repository.deleteJob(id).catch(() => {});
        return;
    }
    if (!attempt) return;
    const { token } = attempt;
    if (act === 'heartbeat') await repository.heartbeat(token, leaseMs);
    if (act === 'recordSegment') {
      await repository.recordSegment(token, { index: pick % 3, frameCount: 1 });
    }
    if (act === 'fail' || act === 'failForGood') {
      await repository.fail(token, { report: someReport, retryable: act === 'fail' });
    }
    if (act === 'release') await repository.release(token);
    if (act === 'finish' && (await repository.finish(token, someOutcome, [])) === 'completed') {
      const { jobId, epoch } = token;
      expect(this.#completedBy.get(jobId) ?? epoch).toBe(epoch);
      this.#completedBy.set(jobId, epoch);
    }
  }

  async check(): Promise<void> {
    const names = this.#attempts.map(({ token }) => `${token.jobId}/${token.epoch}`);
    expect(new Set(names).size).toBe(names.length);

    const { jobs } = await this.#repository.listJobs({ limit: 1000 });
    for (const job of jobs) {
      expect(job.lease !== null).toBe(job.state === 'processing');
      expect(job.result !== null).toBe(job.state === 'completed');
      expect(job.endedAtMs !== null).toBe(['completed', 'failed', 'cancelled'].includes(job.state));
      expect(job.fruitlessAttempts).toBeLessThanOrEqual(maxAttempts);
      expect(job.attempts).toBeLessThanOrEqual(job.epoch);
      if (job.cancelRequested) expect(job.state).toBe('processing');
      const completedBy = this.#completedBy.get(job.id);
      if (completedBy !== undefined) {
        expect([job.state, job.result?.epoch]).toEqual(['completed', completedBy]);
      }
      const before = this.#before.get(job.id);
      if (before) {
        expect(job.epoch).toBeGreaterThanOrEqual(before.epoch);
        if (before.state === 'completed') expect(job).toEqual(before);
      }
    }
    this.#before = new Map(jobs.map((job) => [job.id, job]));
  }

  /** Whatever happened, every job that is left can be brought to an end. */
  async bringToAnEnd(): Promise<void> {
    for (;;) {
      this.#wait(leaseMs);
      await this.#repository.sweep();
      const claim = await this.#repository.claimNext({ workerId: 'last', leaseMs });
      if (!claim) break;
      expect(await this.#repository.finish(claim.token, someOutcome, [])).toBe('completed');
    }
    const counts = await this.#repository.countJobs();
    expect([counts.queued, counts.processing]).toEqual([0, 0]);
  }
}

const step = fc.record({ act: fc.constantFrom(...acts), pick: fc.nat({ max: 40 }) });
/** Steps of one group begin at the same time. */
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 40 });

export function describeInterleavings(make: RepositoryMaker): void {
  it('server 5.28 in whatever order workers and users act, each job has one end and one winner', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (groups) => {
        let nowMs = 1;
        const repository = await make({ nowMs: () => nowMs, maxAttempts });
        try {
          const id = '00000000-0000-4000-8000-0000000000aa';
          const expiresAtMs = Number.MAX_SAFE_INTEGER;
          const keepUpload = async () => {
            if (await repository.findUpload(id)) return;
            await repository.createUpload({ id, sourceName: 'a.mp4', bytes: 1, expiresAtMs });
            await repository.completeUpload(id, { facts: someFacts, expiresAtMs });
          };
          const witness = new Witness(repository, id, (ms) => {
            nowMs += ms;
          });
          await keepUpload();
          for (const group of groups) {
            await Promise.all(group.map((each) => witness.take(each)));
            await keepUpload();
            await witness.check();
          }
          await witness.bringToAnEnd();
        } finally {
          await repository.close();
        }
      }),
      { numRuns: 60 },
    );
  });
}
