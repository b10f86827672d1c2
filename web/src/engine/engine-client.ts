import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { type Remote, releaseProxy, wrap } from 'comlink';
import type { EngineApi, Outcome } from './engine-api.ts';

const pingEveryMs = 5_000;

/**
 * The engine's worker with its life: a crash, an uncaught error or silence for `silenceSeconds` settles every call
 * with `WORKER_CRASHED`, and the next call starts a new worker.
 */
export class EngineClient {
  readonly #silenceMs: number;
  #worker: Worker | null = null;
  #remote: Remote<EngineApi> | null = null;
  #crash: (error: ClearReelError) => void = () => {};
  #crashed: Promise<never> = new Promise(() => {});

  constructor(silenceSeconds: number) {
    this.#silenceMs = silenceSeconds * 1000;
  }

  /** Runs one call and gives its value or throws its error, whatever happens to the worker. */
  async call<T>(work: (engine: Remote<EngineApi>) => Promise<Outcome<T>>): Promise<T> {
    const engine = this.#start();
    const stopWatching = this.#watchSilence(engine);
    try {
      const outcome = await Promise.race([work(engine), this.#crashed]);
      if (outcome.ok) return outcome.value;
      throw ClearReelError.fromReport(outcome.error);
    } finally {
      stopWatching();
    }
  }

  cancel(): void {
    void this.#remote?.cancel();
  }

  /** Ends the worker; wasm memory never shrinks and a lost device never comes back, so each attempt gets a new one. */
  stop(): void {
    this.#remote?.[releaseProxy]();
    this.#worker?.terminate();
    this.#remote = null;
    this.#worker = null;
  }

  #start(): Remote<EngineApi> {
    if (this.#remote) return this.#remote;
    const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
      type: 'module',
      name: 'engine',
    });
    this.#crashed = new Promise((_, reject) => {
      this.#crash = (error) => {
        this.stop();
        reject(error);
      };
    });
    this.#crashed.catch(() => {}); // Whoever waits gets it from the race; nobody may be waiting.
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#crash(crashed(event.message || 'its script failed'));
    });
    worker.addEventListener('messageerror', () => this.#crash(crashed('a message was unreadable')));
    this.#worker = worker;
    this.#remote = wrap<EngineApi>(worker);
    return this.#remote;
  }

  #watchSilence(engine: Remote<EngineApi>): () => void {
    let heardMs = performance.now();
    const timer = setInterval(
      () => {
        if (performance.now() - heardMs > this.#silenceMs) {
          this.#crash(crashed(`it did not answer for ${Math.round(this.#silenceMs / 1000)} s`));
        }
        void engine.ping().then(() => {
          heardMs = performance.now();
        });
      },
      Math.min(pingEveryMs, this.#silenceMs / 2),
    );
    return () => clearInterval(timer);
  }
}

const crashed = (reason: string) => asClearReelError(new Error(reason), 'WORKER_CRASHED');
