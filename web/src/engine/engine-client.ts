import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import type { ShowFrames } from '../jobs/live-frames.ts';
import type { EngineApi, Outcome } from './engine-api.ts';

const pingEveryMs = 5_000;

/** Written out for each name, because the bundler reads the options. All are one script. */
const startWorker = {
  job: () =>
    new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'job' }),
  inspect: () =>
    new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'inspect' }),
  estimate: () =>
    new Worker(new URL('./engine.worker.ts', import.meta.url), {
      type: 'module',
      name: 'estimate',
    }),
  preview: () =>
    new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'preview' }),
};

export interface EngineClientOptions {
  /** What the worker is for. */
  readonly name: keyof typeof startWorker;
  /** A worker that does not answer for this long is stuck. One tile in wasm on a slow machine can block it for long. */
  readonly silenceSeconds: number;
  /** Names the stage that the worker was in when it was last heard of. */
  readonly stage: () => string;
}

/**
 * The engine's worker with its life: a crash or an uncaught error settles every call with `WORKER_CRASHED`, silence
 * with `STAGE_STALLED`, and the next call starts a new worker.
 */
export class EngineClient {
  readonly #options: EngineClientOptions;
  #worker: Worker | null = null;
  #remote: Remote<EngineApi> | null = null;
  #reject: (error: ClearReelError) => void = () => {};
  #ended: Promise<never> = new Promise(() => {});

  constructor(options: EngineClientOptions) {
    this.#options = options;
  }

  /** Runs one call and gives its value or throws its error, whatever happens to the worker. */
  async call<T>(work: (engine: Remote<EngineApi>) => Promise<Outcome<T>>): Promise<T> {
    const engine = this.#start();
    const stopWatching = this.#watchSilence(engine);
    try {
      const outcome = await Promise.race([work(engine), this.#ended]);
      if (outcome.ok) return outcome.value;
      throw ClearReelError.fromReport(outcome.error);
    } finally {
      stopWatching();
    }
  }

  cancel(): void {
    this.#tell((engine) => engine.cancel());
  }

  watch(show: ShowFrames | null): void {
    this.#tell((engine) => engine.watch(show && proxy(show)));
  }

  /** A worker that is gone has nothing to cancel or to show. */
  #tell(message: (engine: Remote<EngineApi>) => Promise<void>): void {
    if (this.#remote) message(this.#remote).catch(() => {});
  }

  /**
   * Ends the worker at once, and its calls with `CANCELLED`; wasm memory never shrinks and a lost device never comes
   * back, so each attempt gets a new one.
   */
  stop(): void {
    this.#end(new ClearReelError('CANCELLED'));
  }

  #end(reason: ClearReelError): void {
    this.#reject(reason);
    this.#remote?.[releaseProxy]();
    this.#worker?.terminate();
    this.#remote = null;
    this.#worker = null;
  }

  #start(): Remote<EngineApi> {
    if (this.#remote) return this.#remote;
    const worker = startWorker[this.#options.name]();
    this.#ended = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.#ended.catch(() => {}); // Whoever waits gets it from the race; nobody may be waiting.
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#end(crashed(event.message || 'its script failed'));
    });
    worker.addEventListener('messageerror', () => this.#end(crashed('a message was unreadable')));
    this.#worker = worker;
    this.#remote = wrap<EngineApi>(worker);
    return this.#remote;
  }

  /** Counts pings without an answer and not the clock, which goes on while the machine sleeps. */
  #watchSilence(engine: Remote<EngineApi>): () => void {
    const { silenceSeconds: seconds, stage } = this.#options;
    const intervalMs = Math.min(pingEveryMs, (seconds * 1000) / 2);
    const limit = Math.ceil((seconds * 1000) / intervalMs);
    let unanswered = 0;
    const timer = setInterval(() => {
      if (unanswered >= limit) {
        this.#end(new ClearReelError('STAGE_STALLED', { stage: stage(), seconds }));
        return;
      }
      unanswered++;
      engine.ping().then(
        () => {
          unanswered = 0;
        },
        () => {}, // The worker is gone; its end is reported by the one who ended it.
      );
    }, intervalMs);
    return () => clearInterval(timer);
  }
}

const crashed = (reason: string) => asClearReelError(new Error(reason), 'WORKER_CRASHED');
