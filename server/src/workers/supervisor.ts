import type { JobChange } from '../jobs/job-repository.ts';
import { settleFiles } from './settle-files.ts';
import { Sleep } from './sleep.ts';
import { Slot, type SlotOptions, type SlotTiming, type WorkerStatus } from './slot.ts';
import type { WorkerProgram } from './worker-process.ts';

export interface SupervisorOptions
  extends Pick<SlotOptions, 'repository' | 'board' | 'newest' | 'files' | 'adoptSegments' | 'log'> {
  /** One for each worker. */
  readonly programs: readonly WorkerProgram[];
  readonly timing?: Partial<SlotTiming>;
}

export const usualTiming: SlotTiming = {
  leaseMs: 30_000,
  startMs: 60_000,
  cancelGraceMs: 10_000,
  pollMs: 5_000,
  idleMs: 5 * 60_000,
  restMs: 2_000,
  longestRestMs: 60_000,
};

/** Keeps worker processes at work on the store's jobs. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #timing: SlotTiming;
  readonly #sleep = new Sleep();
  readonly #slots: readonly Slot[];
  readonly #silence: () => void;
  readonly #sweeper: NodeJS.Timeout;
  readonly #work: Promise<unknown>;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#timing = { ...usualTiming, ...options.timing };
    const { programs, ...shared } = options;
    const common = { ...shared, timing: this.#timing, sleep: this.#sleep };
    this.#slots = programs.map(
      (program, index) => new Slot({ ...common, program, id: `worker-${index + 1}` }),
    );
    this.#silence = options.repository.subscribe((change) => this.#hear(change));
    this.#sweeper = setInterval(() => void this.#sweep(), this.#timing.pollMs);
    this.#work = Promise.all(this.#slots.map((slot) => slot.work()));
  }

  get workers(): readonly WorkerStatus[] {
    return this.#slots.map(({ status }) => status);
  }

  /** Takes no more jobs; those that run may make their segment whole, for so long, and wait then for the next start. */
  async stop(limitMs: number): Promise<void> {
    clearInterval(this.#sweeper);
    this.#silence();
    for (const slot of this.#slots) slot.stop();
    this.#sleep.end();
    const limit = setTimeout(() => {
      for (const slot of this.#slots) slot.attempt?.abandon();
    }, limitMs);
    await this.#work;
    clearTimeout(limit);
  }

  #hear(change: JobChange): void {
    if (change.kind === 'job' && change.job.state === 'queued') this.#sleep.wake();
    const isWish = change.kind === 'deleted' || change.job.cancelRequested;
    if (!isWish) return;
    const jobId = change.kind === 'deleted' ? change.jobId : change.job.id;
    for (const { attempt } of this.#slots) if (attempt?.jobId === jobId) attempt.cancel();
  }

  async #sweep(): Promise<void> {
    const { repository, files, log } = this.#options;
    try {
      const { swept } = await repository.sweep();
      for (const { id, state } of swept) {
        log.warn({ jobId: id, state }, 'a job was taken from a worker that is lost');
        await settleFiles(repository, files, id);
      }
    } catch (error) {
      log.error({ err: error }, 'jobs could not be swept');
    }
  }
}
