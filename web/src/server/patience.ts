const firstMs = 1_000;
const longestMs = 60_000;

/** Waits for a server that is away: longer each time, up to a minute, and no longer than until a sign that it is back. */
export class Patience {
  #failures = 0;
  #wake = () => {};

  constructor() {
    window.addEventListener('online', this.tryNow);
  }

  tryNow = (): void => this.#wake();

  /** Something worked. */
  renew(): void {
    this.#failures = 0;
  }

  async wait(signal: AbortSignal): Promise<void> {
    const waitMs = Math.min(longestMs, firstMs * 2 ** this.#failures++);
    await this.#sleep(waitMs, signal);
  }

  /** For what only the user can change. */
  async waitForUser(signal: AbortSignal): Promise<void> {
    await this.#sleep(null, signal);
  }

  #sleep(ms: number | null, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        if (timer !== null) clearTimeout(timer);
        signal.removeEventListener('abort', stop);
      };
      const stop = () => {
        end();
        reject(signal.reason);
      };
      const wake = () => {
        end();
        resolve();
      };
      const timer = ms === null ? null : setTimeout(wake, ms);
      this.#wake = wake;
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop);
    });
  }

  end(): void {
    window.removeEventListener('online', this.tryNow);
  }
}
