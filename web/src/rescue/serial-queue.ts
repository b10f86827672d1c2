/** Lets one holder in at a time, first come first served. */
export class SerialQueue {
  #tail: Promise<void> = Promise.resolve();

  /** Resolves with the function that lets the next one in; it must be called in every case. */
  async enter(): Promise<() => void> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    return resolve;
  }
}
