import { noSeconds } from '@clearreel/shared/pipeline/progress';
import { defaultStallSeconds } from '@clearreel/shared/pipeline/stall';
import { Steps } from '@clearreel/shared/pipeline/steps';

/** A piece of work in its turn. */
export interface Turn {
  readonly steps: Steps;
  /** Names work that an abort does not end at once, and that the next turn has to wait for. */
  hold<T>(work: Promise<T>): Promise<T>;
}

/** Work that must not overlap, in the order in which it was asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(
    stallSeconds: number | undefined,
    signal: AbortSignal,
    work: (turn: Turn) => Promise<T>,
  ): Promise<T> {
    const held: Promise<unknown>[] = [];
    const hold = <U>(each: Promise<U>) => {
      held.push(each);
      return each;
    };
    const running = this.#run(this.#last, stallSeconds ?? defaultStallSeconds, signal, (steps) =>
      work({ steps, hold }),
    );
    const ended = () => Promise.allSettled(held);
    this.#last = running.then(ended, ended);
    return running;
  }

  async #run<T>(
    before: Promise<unknown>,
    stallSeconds: number,
    signal: AbortSignal,
    work: (steps: Steps) => Promise<T>,
  ): Promise<T> {
    await before;
    signal.throwIfAborted();
    const steps = new Steps({ stallSeconds, seconds: noSeconds(), signal });
    try {
      return await work(steps);
    } finally {
      await steps.end();
    }
  }
}
