/** Keeps the screen, and with it the machine, awake. Browsers take the lock away from a page that is hidden. */
export class WakeLock {
  #sentinel: WakeLockSentinel | null = null;
  #isWanted = false;

  constructor() {
    document.addEventListener('visibilitychange', () => void this.#acquire());
  }

  want(isWanted: boolean): void {
    this.#isWanted = isWanted;
    if (isWanted) void this.#acquire();
    else this.#release();
  }

  async #acquire(): Promise<void> {
    const isHeld = this.#sentinel !== null && !this.#sentinel.released;
    if (!this.#isWanted || isHeld || document.visibilityState !== 'visible') return;
    try {
      this.#sentinel = await navigator.wakeLock?.request('screen');
      if (!this.#isWanted) this.#release();
    } catch {
      // A low battery or a policy may refuse it; the job runs all the same.
    }
  }

  #release(): void {
    this.#sentinel?.release().catch(() => {});
    this.#sentinel = null;
  }
}
