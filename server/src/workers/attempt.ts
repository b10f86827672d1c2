import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import type { AdoptSegments, JobFiles } from '../jobs/job-files.ts';
import type { Claim, JobRepository } from '../jobs/job-repository.ts';
import type { ProgressBoard } from '../jobs/progress-board.ts';
import type { Logger } from '../log/logger.ts';
import type { NewestFrames } from '../newest/newest-frames.ts';
import type { FinishedWork } from './engine.ts';
import type { FromWorker } from './messages.ts';
import type { WorkerExit, WorkerProcess } from './worker-process.ts';

export interface AttemptTiming {
  /** A worker that is not heard of for so long has lost its job. */
  readonly leaseMs: number;
  /** So long it may take to begin to speak. */
  readonly startMs: number;
  /** So long a worker may take to let go of a job that was cancelled. */
  readonly cancelGraceMs: number;
}

interface AttemptOptions {
  readonly claim: Claim;
  readonly worker: WorkerProcess;
  readonly repository: JobRepository;
  readonly board: ProgressBoard;
  readonly newest: NewestFrames;
  readonly files: JobFiles;
  readonly adoptSegments: AdoptSegments;
  readonly timing: AttemptTiming;
  readonly log: Logger;
}

export type AttemptEnd =
  | ({ readonly kind: 'finished' } & FinishedWork)
  | { readonly kind: 'failed' | 'lost'; readonly error: ClearReelError }
  /** It was told to end, or its lease is not its own any more. */
  | { readonly kind: 'stopped' };

const lossOf = ({ status, signal }: WorkerExit): ClearReelError =>
  new ClearReelError('WORKER_LOST', {
    reason: signal
      ? because('ENDED_BY_SIGNAL', { signal })
      : because('ENDED_WITH_STATUS', { status: status ?? -1 }),
  });

/** One claim of one job, on one worker process: what the process says goes into the store, and what is asked of the job to it. */
export class Attempt {
  readonly #options: AttemptOptions;
  readonly #name: string;
  readonly #end = Promise.withResolvers<AttemptEnd>();
  #heardAtMs = Date.now();
  #segments = 0;
  #trouble: ClearReelError | null = null;
  #grace: NodeJS.Timeout | undefined;
  #isBegun = false;
  #newest: ReturnType<NewestFrames['begin']> | null = null;

  constructor(options: AttemptOptions) {
    this.#options = options;
    this.#name = `${options.claim.token.jobId}/${options.claim.token.epoch}`;
  }

  get jobId(): string {
    return this.#options.claim.token.jobId;
  }

  /** How many segments it has brought into the store. */
  get segments(): number {
    return this.#segments;
  }

  /** Never rejects. */
  async run(): Promise<AttemptEnd> {
    const { claim, worker, repository, files, timing, adoptSegments, newest } = this.#options;
    const watch = setInterval(() => this.#watch(), timing.leaseMs / 5);
    worker.listen((message) => {
      this.#heardAtMs = Date.now();
      this.#follow(message).catch((error) => this.#giveUp(error));
    });
    void worker.exited.then((exit) => this.#lose(lossOf(exit)));
    try {
      const { work, result } = await files.begin(claim, adoptSegments);
      // Asked for between the claim and now, when nobody listened.
      const job = await repository.findJob(this.jobId);
      if (!job || job.cancelRequested) return { kind: 'stopped' };
      const { sourceName, uploadId, spec } = job;
      this.#isBegun = true;
      worker.send({
        kind: 'run',
        attempt: this.#name,
        sourcePath: files.sourcePath(uploadId),
        sourceName,
        spec,
        workFolder: work,
        resultFolder: result,
      });
      const attempt = this.#name;
      this.#newest = newest.begin(this.jobId, () => worker.send({ kind: 'watch', attempt }));
      return await this.#end.promise;
    } catch (error) {
      return { kind: 'failed', error: asClearReelError(error) };
    } finally {
      clearInterval(watch);
      clearTimeout(this.#grace);
      this.#newest?.end();
      worker.listen(() => {});
    }
  }

  /** Ends it at once, or kills what does not end. */
  cancel(): void {
    if (this.#grace) return;
    this.#tell('cancel');
    this.#grace = setTimeout(() => this.abandon(), this.#options.timing.cancelGraceMs);
  }

  /** Ends it after the segment that is being made. */
  stop(): void {
    this.#tell('stop');
  }

  /** Ends it now, whatever it does; what it has not recorded is made again. */
  abandon(): void {
    this.#end.resolve({ kind: 'stopped' });
    void this.#options.worker.kill();
  }

  #tell(kind: 'cancel' | 'stop'): void {
    if (this.#isBegun) this.#options.worker.send({ kind, attempt: this.#name });
    else this.abandon();
  }

  async #follow(message: FromWorker): Promise<void> {
    if (message.kind === 'alive') return await this.#prolong();
    if (message.attempt !== this.#name) return;
    switch (message.kind) {
      case 'progress':
        return this.#options.board.report(this.jobId, message.progress);
      case 'newest':
        return this.#newest?.show(message);
      case 'segment':
        return await this.#record(message);
      case 'finished': {
        const { outcome, notices } = message;
        return this.#end.resolve({ kind: 'finished', outcome, notices });
      }
      case 'failed':
        return this.#end.resolve({
          kind: 'failed',
          error: ClearReelError.fromReport(message.report),
        });
      case 'stopped':
        return this.#end.resolve(
          this.#trouble ? { kind: 'failed', error: this.#trouble } : { kind: 'stopped' },
        );
    }
  }

  async #prolong(): Promise<void> {
    const { claim, repository, timing } = this.#options;
    const verdict = await repository.heartbeat(claim.token, timing.leaseMs);
    if (verdict === 'cancel') this.cancel();
    if (verdict === 'stale') this.abandon();
  }

  async #record({ index, frameCount }: { index: number; frameCount: number }): Promise<void> {
    const { claim, repository, worker } = this.#options;
    const verdict = await repository
      .recordSegment(claim.token, { index, frameCount })
      .catch((error) => {
        this.#trouble = asClearReelError(error);
        return 'failed' as const;
      });
    if (verdict === 'stale') return this.abandon();
    if (verdict === 'recorded') this.#segments++;
    worker.send({ kind: 'recorded', attempt: this.#name, isKept: verdict === 'recorded' });
  }

  #watch(): void {
    const { worker, timing } = this.#options;
    const silentMs = Date.now() - this.#heardAtMs;
    if (!worker.hasSpoken && silentMs < timing.startMs) {
      this.#prolong().catch((error) => this.#giveUp(error));
      return;
    }
    if (silentMs < timing.leaseMs) return;
    this.#lose(new ClearReelError('WORKER_LOST', { reason: because('HEARD_NOTHING') }));
    void worker.kill();
  }

  #lose(error: ClearReelError): void {
    this.#end.resolve({ kind: 'lost', error });
  }

  #giveUp(error: unknown): void {
    this.#options.log.error({ err: error, jobId: this.jobId }, 'an attempt could not be followed');
    this.#end.resolve({ kind: 'failed', error: asClearReelError(error) });
    void this.#options.worker.kill();
  }
}
