import { ClearReelError } from '../errors/clear-reel-error.ts';

export type Stage = 'open' | 'prepare' | 'decode' | 'enhance' | 'encode' | 'store' | 'join';

const tickMs = 1000;

interface Step {
  readonly stage: Stage;
  ticks: number;
}

/**
 * Ends a run in which a step hangs. It counts its own timer's ticks and not the clock: while a long
 * synchronous computation (wasm) blocks the thread no ticks happen, so slow is never mistaken for stuck.
 */
export class Watchdog {
  readonly #limitTicks: number;
  readonly #onStall: (error: ClearReelError) => void;
  readonly #steps = new Set<Step>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(limitSeconds: number, onStall: (error: ClearReelError) => void) {
    this.#limitTicks = Math.max(1, Math.round((limitSeconds * 1000) / tickMs));
    this.#onStall = onStall;
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  /** Runs one step of a stage under watch. A long step calls `progressed` whenever it got on. */
  async watch<T>(stage: Stage, work: (progressed: () => void) => Promise<T> | T): Promise<T> {
    const step: Step = { stage, ticks: 0 };
    this.#steps.add(step);
    try {
      return await work(() => {
        step.ticks = 0;
      });
    } finally {
      this.#steps.delete(step);
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    for (const step of this.#steps) {
      if (++step.ticks < this.#limitTicks) continue;
      this.#steps.delete(step);
      this.#onStall(
        new ClearReelError('STAGE_STALLED', {
          stage: step.stage,
          seconds: (this.#limitTicks * tickMs) / 1000,
        }),
      );
    }
  }
}
