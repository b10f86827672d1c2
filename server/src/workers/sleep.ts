/** Waiting that others can end. */
export class Sleep {
  readonly #sleepers = new Set<() => void>();
  readonly #resters = new Set<() => void>();
  #wakes = 0;

  /** How often someone was to be woken; for `nap`. */
  get wakes(): number {
    return this.#wakes;
  }

  /** Until someone wakes it, at most so long; not at all where that happened since `wakes` was read. */
  async nap(ms: number, wakes: number): Promise<void> {
    if (this.#wakes === wakes) await this.#wait(this.#sleepers, ms);
  }

  /** So long, unless all is over. */
  rest(ms: number): Promise<void> {
    return this.#wait(this.#resters, ms);
  }

  wake(): void {
    this.#wakes++;
    for (const wake of [...this.#sleepers]) wake();
  }

  end(): void {
    this.wake();
    for (const wake of [...this.#resters]) wake();
  }

  #wait(waiting: Set<() => void>, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      waiting.add(wake);
    });
  }
}
