/**
 * A bounded queue between two stages: `send` waits while `capacity` items are in it, which is the back pressure
 * that keeps frames from piling up. Items that nobody will take any more are given to `release`.
 */
export class Channel<T> {
  readonly #capacity: number;
  readonly #release: (item: T) => void;
  readonly #items: T[] = [];
  #isClosed = false;
  #failure: { error: unknown } | null = null;
  #wake: (() => void)[] = [];

  constructor(capacity: number, release: (item: T) => void) {
    this.#capacity = capacity;
    this.#release = release;
  }

  /** Takes over the item in every case. @throws what `fail` was given. */
  async send(item: T): Promise<void> {
    while (!this.#failure && this.#items.length >= this.#capacity) await this.#change();
    if (this.#failure) {
      this.#release(item);
      throw this.#failure.error;
    }
    this.#items.push(item);
    this.#notify();
  }

  close(): void {
    this.#isClosed = true;
    this.#notify();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const item of this.#items.splice(0)) this.#release(item);
    this.#notify();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      const item = this.#items.shift();
      if (item !== undefined) {
        this.#notify();
        yield item;
      } else if (this.#isClosed) return;
      else await this.#change();
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #notify(): void {
    for (const resolve of this.#wake.splice(0)) resolve();
  }
}
