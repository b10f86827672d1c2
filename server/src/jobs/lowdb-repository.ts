import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type JobState, jobStates } from '@clearreel/shared/api/job';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { ErrorCode } from '@clearreel/shared/errors/codes';
import type { Notice, SourceFacts } from '@clearreel/shared/media/facts';
import { Low } from 'lowdb';
import { pageOf } from './job-list.ts';
import type {
  Claim,
  FencingToken,
  JobChange,
  JobPage,
  JobQuery,
  JobRepository,
  NewJob,
  NewUpload,
} from './job-repository.ts';
import { QueueOrder } from './queue-order.ts';
import { emptyStore, type SetAside, StoreFile, type StoreState } from './store-file.ts';
import { lockFolder } from './store-lock.ts';
import type { Failure, JobOutcome, StoredJob, StoredUpload } from './stored-job.ts';
import { Draft, Transactions } from './transactions.ts';
import * as to from './transitions.ts';

export interface LowdbOptions {
  readonly folder: string;
  /** Attempts without one whole segment, after which a job fails. */
  readonly maxAttempts: number;
  readonly nowMs?: () => number;
  readonly newId?: () => string;
}

interface Drafts {
  readonly jobs: Draft<StoredJob>;
  readonly uploads: Draft<StoredUpload>;
}

const missing = (code: Extract<ErrorCode, 'JOB_MISSING' | 'UPLOAD_MISSING'>) =>
  new ClearReelError(code);

/** The store of one server, in one file of its data folder. */
export class LowdbRepository implements JobRepository {
  readonly #transactions: Transactions<StoreState>;
  readonly #unlock: () => Promise<void>;
  readonly #maxAttempts: number;
  readonly #nowMs: () => number;
  readonly #newId: () => string;
  readonly #queueOrder = new QueueOrder();
  readonly #listeners = new Set<(change: JobChange) => void>();
  /** What could not be read at the start, and where it was put. */
  readonly setAside: SetAside | null;

  private constructor(
    transactions: Transactions<StoreState>,
    unlock: () => Promise<void>,
    setAside: SetAside | null,
    options: Required<LowdbOptions>,
  ) {
    this.#transactions = transactions;
    this.#unlock = unlock;
    this.setAside = setAside;
    this.#maxAttempts = options.maxAttempts;
    this.#nowMs = options.nowMs;
    this.#newId = options.newId;
  }

  /** @throws ClearReelError `STORE_BUSY`, `STORE_NEWER`, `STORAGE_DENIED`, `STORAGE_FULL` */
  static async open(given: LowdbOptions): Promise<LowdbRepository> {
    const options = { nowMs: Date.now, newId: randomUUID, ...given };
    const unlock = await lockFolder(options.folder);
    try {
      const file = new StoreFile(join(options.folder, 'store.json'), options.nowMs);
      const low = new Low<StoreState>(file, emptyStore);
      await low.read();
      const write = async (state: StoreState) => {
        await file.write(state);
        low.data = state;
      };
      const transactions = new Transactions(low.data, write);
      const repository = new LowdbRepository(transactions, unlock, file.setAside, options);
      await repository.#endLeasesOfBefore();
      return repository;
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  async createJob(given: NewJob): Promise<{ job: StoredJob; isNew: boolean }> {
    return await this.#change(({ jobs, uploads }) => {
      const { uploadId, spec, priority, idempotencyKey } = given;
      const before =
        idempotencyKey !== null &&
        jobs.values().find((other) => other.idempotencyKey === idempotencyKey);
      if (before) {
        const asked = { uploadId, spec, priority };
        const made = { uploadId: before.uploadId, spec: before.spec, priority: before.priority };
        if (!isDeepStrictEqual(asked, made)) throw new ClearReelError('IDEMPOTENCY_KEY_REUSED');
        return { job: before, isNew: false };
      }
      const upload = uploads.get(uploadId);
      if (upload?.state !== 'complete') throw missing('UPLOAD_MISSING');
      const job = to.created(given, upload, this.#newId(), this.#nowMs());
      jobs.put(job.id, job);
      return { job, isNew: true };
    });
  }

  async findJob(id: string): Promise<StoredJob | null> {
    return this.#jobs.get(id) ?? null;
  }

  async listJobs(query: JobQuery): Promise<JobPage> {
    return pageOf(this.#jobs.values(), query);
  }

  async countJobs(): Promise<Record<JobState, number>> {
    const counts = Object.fromEntries(jobStates.map((state) => [state, 0]));
    for (const { state } of this.#jobs.values()) counts[state] = (counts[state] ?? 0) + 1;
    return counts as Record<JobState, number>;
  }

  async countAhead(id: string): Promise<number | null> {
    return this.#queueOrder.countAhead(this.#jobs, id);
  }

  subscribe(listener: (change: JobChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async claimNext(worker: {
    readonly workerId: string;
    readonly leaseMs: number;
  }): Promise<Claim | null> {
    return await this.#change(({ jobs }) => {
      const nowMs = this.#nowMs();
      let next: StoredJob | null = null;
      for (const job of jobs.values()) {
        if (!to.isClaimable(job, nowMs, this.#maxAttempts)) continue;
        if (!next || to.comesBefore(job, next) < 0) next = job;
      }
      if (!next) return null;
      const lease = {
        id: this.#newId(),
        workerId: worker.workerId,
        expiresAtMs: nowMs + worker.leaseMs,
      };
      const job = to.claimed(next, lease, nowMs);
      jobs.put(job.id, job);
      return { token: { jobId: job.id, epoch: job.epoch, leaseId: lease.id }, job };
    });
  }

  /** Not written to the disk: after a restart no worker of before holds a job any more. */
  async heartbeat(token: FencingToken, leaseMs: number): Promise<'continue' | 'cancel' | 'stale'> {
    return await this.#transactions.runInMemory((state) => {
      const job = this.#current(new Draft(state.jobs), token);
      if (!job?.lease) return { state, value: 'stale' };
      const lease = { ...job.lease, expiresAtMs: this.#nowMs() + leaseMs };
      const jobs = new Map(state.jobs).set(job.id, { ...job, lease });
      return { state: { ...state, jobs }, value: job.cancelRequested ? 'cancel' : 'continue' };
    });
  }

  async recordSegment(
    token: FencingToken,
    segment: { readonly index: number; readonly frameCount: number },
  ): Promise<'recorded' | 'stale'> {
    return await this.#change(({ jobs }) => {
      const job = this.#current(jobs, token);
      if (!job) return 'stale';
      jobs.put(job.id, to.withSegment(job, segment, this.#nowMs()));
      return 'recorded';
    });
  }

  async finish(
    token: FencingToken,
    outcome: JobOutcome,
    notices: readonly Notice[],
  ): Promise<'completed' | 'cancelled' | 'stale'> {
    return await this.#change(({ jobs }) => {
      const done = jobs.get(token.jobId);
      if (done?.state === 'completed' && done.result?.epoch === token.epoch) return 'completed';
      return this.#endAttempt(jobs, token, (job, nowMs) =>
        to.completed(job, outcome, notices, nowMs),
      );
    });
  }

  async fail(
    token: FencingToken,
    failure: Failure,
    retry = { delayMs: 0 },
  ): Promise<'queued' | 'failed' | 'cancelled' | 'stale'> {
    return await this.#change(({ jobs }) =>
      this.#endAttempt(jobs, token, (job, nowMs) =>
        failure.retryable && job.fruitlessAttempts < this.#maxAttempts
          ? { ...to.queued(job, nowMs, retry.delayMs), failure }
          : to.failed(job, failure, nowMs),
      ),
    );
  }

  async release(token: FencingToken): Promise<'queued' | 'cancelled' | 'stale'> {
    return await this.#change(({ jobs }) => this.#endAttempt(jobs, token, to.released));
  }

  async cancel(id: string): Promise<StoredJob> {
    return await this.#changeJob(id, (job, nowMs) => {
      if (job.state === 'cancelled' || job.cancelRequested) return job;
      if (to.hasEnded(job)) throw new ClearReelError('JOB_CHANGED');
      if (job.state === 'queued' || to.isAbandoned(job, nowMs)) return to.cancelled(job, nowMs);
      return { ...job, updatedAtMs: nowMs, cancelRequested: true };
    });
  }

  async retry(id: string): Promise<StoredJob> {
    return await this.#changeJob(id, (job, nowMs) => {
      if (job.state !== 'failed' && job.state !== 'cancelled') {
        throw new ClearReelError('JOB_CHANGED');
      }
      return to.retried(job, nowMs);
    });
  }

  async deleteJob(id: string): Promise<{ uploadId: string | null }> {
    return await this.#change(({ jobs, uploads }) => {
      const job = jobs.get(id);
      if (!job) throw missing('JOB_MISSING');
      jobs.delete(id);
      if (jobs.values().some(({ uploadId }) => uploadId === job.uploadId)) {
        return { uploadId: null };
      }
      uploads.delete(job.uploadId);
      return { uploadId: job.uploadId };
    });
  }

  async loseFiles(id: string): Promise<'failed' | 'unchanged'> {
    return await this.#change(({ jobs }) => {
      const job = jobs.get(id);
      if (job?.state !== 'completed' && job?.state !== 'queued') return 'unchanged';
      jobs.put(id, to.withoutFiles(job, this.#nowMs()));
      return 'failed';
    });
  }

  async forgetSegments(id: string): Promise<'forgotten' | 'unchanged'> {
    return await this.#change(({ jobs }) => {
      const job = jobs.get(id);
      if (job?.state !== 'failed' && job?.state !== 'cancelled') return 'unchanged';
      if (job.segments.length > 0) jobs.put(id, { ...job, segments: [] });
      return 'forgotten';
    });
  }

  async sweep(): Promise<{ swept: readonly StoredJob[] }> {
    return await this.#change(({ jobs }) => {
      const nowMs = this.#nowMs();
      const swept = jobs
        .values()
        .filter((job) => to.isAbandoned(job, nowMs))
        .map((job) => to.recovered(job, nowMs, this.#maxAttempts));
      for (const job of swept) jobs.put(job.id, job);
      return { swept };
    });
  }

  async createUpload(given: NewUpload): Promise<StoredUpload> {
    return await this.#change(({ uploads }) => {
      const upload: StoredUpload = {
        id: given.id,
        state: 'receiving',
        sourceName: given.sourceName,
        bytes: given.bytes,
        createdAtMs: this.#nowMs(),
        completedAtMs: null,
        expiresAtMs: given.expiresAtMs,
        facts: null,
      };
      uploads.put(upload.id, upload);
      return upload;
    });
  }

  async completeUpload(
    id: string,
    found: { readonly facts: SourceFacts; readonly expiresAtMs: number },
  ): Promise<StoredUpload> {
    return await this.#change(({ uploads }) => {
      const before = uploads.get(id);
      if (!before) throw missing('UPLOAD_MISSING');
      if (before.state === 'complete') return before;
      const { facts, expiresAtMs } = found;
      const upload: StoredUpload = {
        ...before,
        state: 'complete',
        completedAtMs: this.#nowMs(),
        facts,
        expiresAtMs,
      };
      uploads.put(id, upload);
      return upload;
    });
  }

  async findUpload(id: string): Promise<StoredUpload | null> {
    return this.#transactions.state.uploads.get(id) ?? null;
  }

  async deleteUpload(id: string): Promise<void> {
    await this.#change(({ jobs, uploads }) => {
      if (!uploads.get(id)) throw missing('UPLOAD_MISSING');
      if (jobs.values().some(({ uploadId }) => uploadId === id)) {
        throw new ClearReelError('UPLOAD_IN_USE');
      }
      uploads.delete(id);
    });
  }

  async listUploads(): Promise<readonly StoredUpload[]> {
    return [...this.#transactions.state.uploads.values()];
  }

  async close(): Promise<void> {
    await this.#transactions.idle();
    await this.#unlock();
  }

  get #jobs(): ReadonlyMap<string, StoredJob> {
    return this.#transactions.state.jobs;
  }

  #current(jobs: Pick<Draft<StoredJob>, 'get'>, token: FencingToken): StoredJob | null {
    const job = jobs.get(token.jobId);
    return job && to.isCurrent(job, token, this.#nowMs()) ? job : null;
  }

  /** What the attempt ends in by itself, unless its job was to be cancelled. */
  #endAttempt<S extends JobState>(
    jobs: Draft<StoredJob>,
    token: FencingToken,
    end: (job: StoredJob, nowMs: number) => StoredJob & { readonly state: S },
  ): S | 'cancelled' | 'stale' {
    const job = this.#current(jobs, token);
    if (!job) return 'stale';
    const nowMs = this.#nowMs();
    const after = job.cancelRequested ? to.cancelled(job, nowMs) : end(job, nowMs);
    jobs.put(job.id, after);
    return after.state;
  }

  #changeJob(id: string, change: (job: StoredJob, nowMs: number) => StoredJob): Promise<StoredJob> {
    return this.#change(({ jobs }) => {
      const job = jobs.get(id);
      if (!job) throw missing('JOB_MISSING');
      const after = change(job, this.#nowMs());
      if (after !== job) jobs.put(id, after);
      return after;
    });
  }

  async #change<T>(change: (drafts: Drafts) => T): Promise<T> {
    let changes: readonly JobChange[] = [];
    const value = await this.#transactions.run((state) => {
      const jobs = new Draft(state.jobs);
      const uploads = new Draft(state.uploads);
      const value = change({ jobs, uploads });
      if (!jobs.isChanged && !uploads.isChanged) return { state, value };
      changes = jobs
        .changes()
        .map(([jobId, job]) => (job ? { kind: 'job', job } : { kind: 'deleted', jobId }));
      return { state: { jobs: jobs.applied(), uploads: uploads.applied() }, value };
    });
    for (const entry of changes) {
      for (const listener of this.#listeners) listener(entry);
    }
    return value;
  }

  /** The folder's lock says that their server is gone, and its workers went with it. */
  async #endLeasesOfBefore(): Promise<void> {
    await this.#change(({ jobs }) => {
      const nowMs = this.#nowMs();
      for (const job of jobs.values()) {
        if (job.state === 'processing') {
          jobs.put(job.id, to.recovered(job, nowMs, this.#maxAttempts));
        }
      }
    });
  }
}
