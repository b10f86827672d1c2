import type { JobState } from '@clearreel/shared/api/job';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Claim, JobRepository, NewJob } from '../job-repository.ts';
import type { Failure, StoredJob } from '../stored-job.ts';
import { someFacts, someOutcome, someReport, someSpec as spec } from './samples.testing.ts';

/** Makes an empty store. Times come from `nowMs` alone. */
export type RepositoryMaker = (options: {
  nowMs(): number;
  maxAttempts: number;
}) => Promise<JobRepository>;

export const leaseMs = 1000;
export const maxAttempts = 3;

const startMs = 1_000_000;

export const failure = (retryable: boolean): Failure => ({ report: someReport, retryable });

class Clock {
  ms = startMs;
  readonly nowMs = () => this.ms;
  pass(ms: number): void {
    this.ms += ms;
  }
}

export type Bench = ReturnType<typeof setUpBench>;

/** A fresh store for each test, and the ways to bring jobs into it. */
export function setUpBench(make: RepositoryMaker) {
  let repository: JobRepository;
  let uploads = 0;
  const clock = new Clock();

  beforeEach(async () => {
    clock.ms = startMs;
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
    ['recordSegment', ({ token }) => repository.recordSegment(token, { index: 0, frameCount: 9 })],
    ['finish', (attempt) => repository.finish(attempt.token, { ...someOutcome, bytes: 7 }, [])],
    ['fail', ({ token }) => repository.fail(token, failure(true))],
    ['release', ({ token }) => repository.release(token)],
  ];

  return {
    get repository() {
      return repository;
    },
    clock,
    upload,
    create,
    claim,
    tryClaim,
    find,
    stateOf,
    finish,
    jobIn,
    writes,
  };
}
