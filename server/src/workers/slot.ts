import type { System } from '@clearreel/shared/api/system';
import type { Choice } from '@clearreel/shared/media/facts';
import type { AdoptSegments, JobFiles } from '../jobs/job-files.ts';
import type { Claim, JobRepository } from '../jobs/job-repository.ts';
import type { ProgressBoard } from '../jobs/progress-board.ts';
import type { Logger } from '../log/logger.ts';
import type { NewestFrames } from '../newest/newest-frames.ts';
import { Attempt, type AttemptEnd, type AttemptTiming } from './attempt.ts';
import { isRetryable } from './retryable.ts';
import { settleFiles } from './settle-files.ts';
import type { Sleep } from './sleep.ts';
import { WorkerProcess, type WorkerProgram } from './worker-process.ts';

export interface SlotTiming extends AttemptTiming {
  /** How often the store is asked, in case a nudge got lost. */
  readonly pollMs: number;
  /** After so long without a job the process ends, and with it what it holds of the GPU. */
  readonly idleMs: number;
  /** Rest after a failed attempt of a job, and after a lost process; it doubles with each in a row. */
  readonly restMs: number;
  readonly longestRestMs: number;
}

export interface SlotOptions {
  readonly id: string;
  readonly program: WorkerProgram;
  readonly repository: JobRepository;
  readonly board: ProgressBoard;
  readonly newest: NewestFrames;
  readonly files: JobFiles;
  readonly adoptSegments: AdoptSegments;
  readonly timing: SlotTiming;
  readonly log: Logger;
  readonly sleep: Sleep;
}

export type WorkerStatus = System['workers'][number];

/** One worker: takes job after job, with a process that is started when there is one and replaced when it is lost. */
export class Slot {
  readonly #options: SlotOptions;
  #process: WorkerProcess | null = null;
  #attempt: Attempt | null = null;
  #provider: Choice | null = null;
  #losses = 0;
  #idleSinceMs = Date.now();
  #isStopping = false;

  constructor(options: SlotOptions) {
    this.#options = options;
  }

  get attempt(): Attempt | null {
    return this.#attempt;
  }

  get status(): WorkerStatus {
    const process = this.#process?.isAlive ? this.#process : null;
    const state =
      process && !process.hasSpoken
        ? 'starting'
        : this.#attempt
          ? 'busy'
          : process
            ? 'idle'
            : 'stopped';
    return {
      id: this.#options.id,
      state,
      jobId: this.#attempt?.jobId ?? null,
      provider: this.#provider,
      memoryBytes: process?.memoryBytes ?? null,
    };
  }

  /** Works until it is stopped. */
  async work(): Promise<void> {
    const { sleep, timing } = this.#options;
    while (!this.#isStopping) {
      const { wakes } = sleep;
      const claim = await this.#claim();
      if (claim) await this.#run(claim).catch((error) => this.#survive(error));
      else {
        await sleep.nap(timing.pollMs, wakes);
        await this.#endWhenIdle();
      }
    }
    await this.#process?.end();
  }

  /** Lets the running segment become whole. */
  stop(): void {
    this.#isStopping = true;
    this.#attempt?.stop();
  }

  async #claim(): Promise<Claim | null> {
    const { repository, id, timing, log } = this.#options;
    try {
      return await repository.claimNext({ workerId: id, leaseMs: timing.leaseMs });
    } catch (error) {
      log.error({ err: error }, 'the store gives no job');
      return null;
    }
  }

  async #run(claim: Claim): Promise<void> {
    const { id, log, sleep } = this.#options;
    const { jobId, epoch } = claim.token;
    const worker = this.#aliveProcess();
    const attempt = new Attempt({ ...this.#options, claim, worker });
    this.#attempt = attempt;
    if (this.#isStopping) attempt.abandon();
    log.info({ jobId, epoch, workerId: id, workerPid: worker.pid }, 'a job begins');
    const end = await attempt.run();
    // What failed for a reason of the machine begins anew in a fresh process.
    if (end.kind === 'failed' && isRetryable(end.error.code)) await worker.end();
    // One that was killed is not to be given the next job.
    if (!worker.isAlive) await worker.exited;
    await this.#settle(claim, end);
    this.#attempt = null;
    this.#idleSinceMs = Date.now();
    const isLost = end.kind === 'lost';
    this.#losses = isLost ? (attempt.segments > 0 ? 1 : this.#losses + 1) : 0;
    if (isLost) await sleep.rest(this.#after(this.#losses));
  }

  /** How long to rest after so many failures in a row. */
  #after(failures: number): number {
    const { restMs, longestRestMs } = this.#options.timing;
    return Math.min(longestRestMs, restMs * 2 ** Math.max(0, failures - 1));
  }

  async #survive(error: unknown): Promise<void> {
    const { log, sleep, timing } = this.#options;
    log.error({ err: error }, 'a job could not be run');
    this.#attempt = null;
    await sleep.rest(timing.restMs);
  }

  /** Brings the end into the store. Where that fails, the lease runs out, and the job is swept up. */
  async #settle({ token, job }: Claim, end: AttemptEnd): Promise<void> {
    const { repository, files, log } = this.#options;
    const { jobId, epoch } = token;
    try {
      let verdict: string;
      if (end.kind === 'finished') {
        this.#provider = end.outcome.provider;
        verdict = await repository.finish(token, end.outcome, end.notices);
      } else if (end.kind === 'stopped') {
        verdict = await repository.release(token);
      } else {
        const failure = { report: end.error.toReport(), retryable: isRetryable(end.error.code) };
        log.warn({ jobId, epoch, code: end.error.code, err: end.error }, 'an attempt failed');
        verdict = await repository.fail(token, failure, {
          delayMs: this.#after(job.fruitlessAttempts),
        });
      }
      log.info({ jobId, epoch, end: end.kind, verdict }, 'a job’s attempt is over');
      await settleFiles(repository, files, jobId);
    } catch (error) {
      log.error({ err: error, jobId, epoch }, 'the end of an attempt could not be kept');
    }
  }

  #aliveProcess(): WorkerProcess {
    if (this.#process?.isAlive) return this.#process;
    const { program, log, id } = this.#options;
    this.#process = new WorkerProcess(program, (text) =>
      log.warn({ workerId: id, text: text.trimEnd() }, 'a worker says'),
    );
    return this.#process;
  }

  async #endWhenIdle(): Promise<void> {
    if (Date.now() - this.#idleSinceMs < this.#options.timing.idleMs) return;
    const process = this.#process;
    this.#process = null;
    await process?.end();
  }
}
