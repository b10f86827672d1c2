/** Keeps a few big typed arrays of each length, because allocating one per frame costs a page fault per 4 KiB. */
export class BufferPool<T extends { readonly length: number }> {
  readonly #make: (length: number) => T;
  readonly #spare = new Map<number, T[]>();
  readonly #keep: number;

  constructor(make: (length: number) => T, keep = 3) {
    this.#make = make;
    this.#keep = keep;
  }

  /** Contents are undefined until written. */
  take(length: number): T {
    return this.#spare.get(length)?.pop() ?? this.#make(length);
  }

  give(buffer: T): void {
    const spare = this.#spare.get(buffer.length) ?? [];
    if (spare.length < this.#keep) spare.push(buffer);
    this.#spare.set(buffer.length, spare);
  }

  clear(): void {
    this.#spare.clear();
  }
}
