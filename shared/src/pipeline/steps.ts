import { asClearReelError } from '../errors/clear-reel-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { abortable } from './abortable.ts';
import type { StageSeconds } from './progress.ts';
import { settled } from './settled.ts';
import { type Stage, Watchdog } from './watchdog.ts';

const failureOf: Record<Stage, ErrorCode> = {
  open: 'SOURCE_UNREADABLE',
  prepare: 'INTERNAL',
  decode: 'DECODER_FAILED',
  enhance: 'INFERENCE_FAILED',
  encode: 'ENCODER_FAILED',
  store: 'STORAGE_DENIED',
  join: 'JOIN_FAILED',
};

/** How long a run that ends waits for work that no longer matters, before what that work uses is freed. */
const graceSeconds = 2;

export interface StepsOptions {
  readonly stallSeconds: number;
  readonly seconds: StageSeconds;
  readonly signal: AbortSignal;
}

/**
 * The steps of stages that run side by side and end together: each is timed, watched, abortable, and gets a code
 * when it fails. `abort` ends them all; the first reason wins.
 */
export class Steps {
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #watchdog: Watchdog;
  /** Time spent so far in each stage. Stages overlap, so the sum may pass the time that went by. */
  readonly seconds: StageSeconds;
  readonly #running = new Set<Promise<unknown>>();
  readonly #startedMs = performance.now();

  constructor({ stallSeconds, seconds, signal }: StepsOptions) {
    this.signal = AbortSignal.any([signal, this.#stop.signal]);
    this.#watchdog = new Watchdog(stallSeconds, (error) => this.abort(error));
    this.seconds = seconds;
  }

  get elapsedSeconds(): number {
    return (performance.now() - this.#startedMs) / 1000;
  }

  abort(reason: unknown): void {
    this.#stop.abort(reason);
  }

  /** Starts `work` in every case, so that it takes over what it is given; a late result goes to `discard`. */
  async run<T>(
    stage: Stage,
    work: (progressed: () => void) => Promise<T>,
    discard?: (late: T) => void,
  ): Promise<T> {
    const startMs = performance.now();
    try {
      return await this.#watchdog.watch(stage, (progressed) =>
        abortable(this.track(work(progressed)), this.signal, discard),
      );
    } catch (error) {
      if (this.signal.aborted) throw this.signal.reason;
      throw asClearReelError(error, failureOf[stage]);
    } finally {
      this.seconds[stage] += (performance.now() - startMs) / 1000;
    }
  }

  /** Notes work that `end` shall wait for. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    const forget = () => this.#running.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Stops watching, and waits a little for what an abort has left running. */
  async end(): Promise<void> {
    this.#watchdog.stop();
    await settled([...this.#running], graceSeconds);
  }
}
