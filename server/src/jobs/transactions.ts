import { Mutex } from 'async-mutex';

/** Records as one change sees them: what it has put itself, over what was there before. */
export class Draft<T extends object> {
  readonly #base: ReadonlyMap<string, T>;
  readonly #changes = new Map<string, T | null>();

  constructor(base: ReadonlyMap<string, T>) {
    this.#base = base;
  }

  get(id: string): T | null {
    const changed = this.#changes.get(id);
    return changed === undefined ? (this.#base.get(id) ?? null) : changed;
  }

  values(): readonly T[] {
    return [...this.applied().values()];
  }

  put(id: string, value: T): void {
    this.#changes.set(id, value);
  }

  delete(id: string): void {
    this.#changes.set(id, null);
  }

  get isChanged(): boolean {
    return this.#changes.size > 0;
  }

  /** By id; `null` is a deletion. */
  changes(): readonly (readonly [id: string, value: T | null])[] {
    return [...this.#changes];
  }

  applied(): ReadonlyMap<string, T> {
    if (!this.isChanged) return this.#base;
    const all = new Map(this.#base);
    for (const [id, changed] of this.#changes) {
      if (changed) all.set(id, changed);
      else all.delete(id);
    }
    return all;
  }
}

type Change<State, T> = (state: State) => { readonly state: State; readonly value: T };

interface Waiting<State> {
  /** Gives the state after it, or the same one where nothing is to be written. */
  readonly run: (state: State) => State;
  readonly settle: (error?: unknown) => void;
}

/**
 * Changes one after the other, on a state that memory shows only once it is written. Those that came while one was
 * written are written together, so that a hundred at once cost two writes and not a hundred.
 */
export class Transactions<State> {
  readonly #mutex = new Mutex();
  readonly #write: (state: State) => Promise<void>;
  #state: State;
  #waiting: Waiting<State>[] = [];

  constructor(state: State, write: (state: State) => Promise<void>) {
    this.#state = state;
    this.#write = write;
  }

  get state(): State {
    return this.#state;
  }

  /** Rejects, and has changed nothing, where `change` throws or the write fails. */
  run<T>(change: Change<State, T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let value: T;
      this.#waiting.push({
        run: (state) => {
          const changed = change(state);
          value = changed.value;
          return changed.state;
        },
        settle: (error) => (error === undefined ? resolve(value) : reject(error)),
      });
      void this.#mutex.runExclusive(() => this.#writeWaiting());
    });
  }

  /** Changes memory alone, between two writes; the next write takes it along. */
  async runInMemory<T>(change: Change<State, T>): Promise<T> {
    return await this.#mutex.runExclusive(() => {
      const { state, value } = change(this.#state);
      this.#state = state;
      return value;
    });
  }

  /** Waits for what is being written. */
  async idle(): Promise<void> {
    await this.#mutex.runExclusive(() => {});
  }

  async #writeWaiting(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    const done: Waiting<State>[] = [];
    let state = this.#state;
    for (const waiting of batch) {
      try {
        state = waiting.run(state);
        done.push(waiting);
      } catch (error) {
        waiting.settle(error);
      }
    }
    try {
      if (state !== this.#state) await this.#write(state);
      this.#state = state;
      for (const { settle } of done) settle();
    } catch (error) {
      for (const { settle } of done) settle(error);
    }
  }
}
