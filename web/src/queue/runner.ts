import { ClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import { reportOf } from '../app/report.ts';
import type { StopAs } from '../jobs/end-job.ts';
import { listOpenJobs } from '../jobs/job-order.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { ShowFrames } from '../jobs/live-frames.ts';
import type { FileWait } from '../jobs/source-access.ts';
import { type SupervisedJob, superviseJob } from '../jobs/supervise-job.ts';
import type { Sources } from './sources.ts';

/** Held by the tab whose job uses the GPU. */
export const gpuLock = 'clearreel-gpu';

export interface RunnerOptions {
  readonly tab: string;
  readonly sources: Sources;
  isPaused(): boolean;
  onWaits(waits: ReadonlyMap<string, FileWait>): void;
  onStart(job: JobRecord): void;
  onProgress(progress: Progress): void;
  /** `null` where it did not even start. */
  onEnd(job: JobRecord | null): Promise<void>;
  onProblem(problem: ErrorReport): void;
}

interface Running {
  readonly jobId: string;
  readonly job: SupervisedJob;
  /** Resolves when nothing of it is left running. */
  readonly over: Promise<void>;
}

/** Runs the jobs of one tab one after the other, and none while a job of another tab has the GPU. */
export class Runner {
  readonly #options: RunnerOptions;
  /** Jobs that could not even be started; they wait until the user does something with them. */
  readonly #refused = new Set<string>();
  #running: Running | null = null;
  #isLooking = false;
  #looksAgain = false;
  #show: ShowFrames | null = null;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Looks whether there is something to start. Called whenever that may be. */
  wake(): void {
    this.#looksAgain = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#look()
      .catch((error) => this.#options.onProblem(reportOf(error, 'the queue')))
      .finally(() => {
        this.#isLooking = false;
      });
  }

  /** Lets a job be started that was refused before. */
  admit(jobId: string): void {
    this.#refused.delete(jobId);
    this.wake();
  }

  /** Stops the job if it runs here, and resolves with whether it did, once it has ended. */
  async stop(jobId: string, as: StopAs): Promise<boolean> {
    const running = this.#running;
    if (running?.jobId !== jobId) return false;
    running.job.stop(as);
    await running.over;
    return true;
  }

  async stopAny(as: StopAs): Promise<void> {
    if (this.#running) await this.stop(this.#running.jobId, as);
  }

  watch(show: ShowFrames | null): void {
    this.#show = show;
    this.#running?.job.watch(show);
  }

  async #look(): Promise<void> {
    while (this.#looksAgain) {
      this.#looksAgain = false;
      while (await this.#next()) {
        await navigator.locks.request(gpuLock, async () => {
          // The order may be another one after waiting for the GPU.
          const next = await this.#next();
          if (next) await this.#run(next.job, next.file);
        });
      }
    }
  }

  async #next(): Promise<{ job: JobRecord; file: File } | null> {
    const { tab, sources, isPaused, onWaits } = this.#options;
    if (isPaused()) return null;
    const waits = new Map<string, FileWait>();
    let next: { job: JobRecord; file: File } | null = null;
    for (const job of await listOpenJobs()) {
      if (job.state !== 'queued' || job.tab !== tab || this.#refused.has(job.id)) continue;
      if (job.host.server) continue;
      const found = await sources.reach(job, false);
      if (typeof found === 'string') waits.set(job.id, found);
      else if (found) next ??= { job, file: found };
    }
    onWaits(waits);
    return isPaused() ? null : next;
  }

  async #run(job: JobRecord, file: File): Promise<void> {
    const { onStart, onProgress, onEnd, onProblem } = this.#options;
    onStart(job);
    const supervised = superviseJob(job.id, file, onProgress);
    if (this.#show) supervised.watch(this.#show);
    const over = supervised.done
      .catch((error) => {
        // Someone else has done something else with it in the meantime.
        const isOutdated = error instanceof ClearReelError && error.code === 'JOB_CHANGED';
        this.#refused.add(job.id);
        if (!isOutdated) onProblem(reportOf(error, 'the queue'));
        return null;
      })
      .then(onEnd)
      .catch((error) => onProblem(reportOf(error, 'the queue')));
    this.#running = { jobId: job.id, job: supervised, over };
    try {
      await over;
    } finally {
      this.#running = null;
    }
  }
}
