/** Says when nothing else computes. */
export class Quiet {
  #holds = 0;
  readonly #waiting = new Set<() => void>();

  /** Call the result, once or more often, to end it. */
  hold(): () => void {
    let isHeld = true;
    this.#holds++;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds--;
      if (this.#holds === 0) for (const wake of [...this.#waiting]) wake();
    };
  }

  /** Resolves after so long, or at once when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Resolves once nothing was held for so long, or at once when the signal is aborted. */
  async free(ms: number, signal: AbortSignal): Promise<void> {
    do {
      if (this.#holds > 0) await this.#released(signal);
      await this.wait(ms, signal);
    } while (this.#holds > 0 && !signal.aborted);
  }

  #released(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
