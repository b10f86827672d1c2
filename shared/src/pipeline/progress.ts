import type { Stage } from './watchdog.ts';

export type StageSeconds = Record<Stage, number>;

export const noSeconds = (): StageSeconds => ({
  open: 0,
  prepare: 0,
  decode: 0,
  enhance: 0,
  encode: 0,
  store: 0,
  join: 0,
});

/** A snapshot of a running job. Frames count those encoded, finished segments of earlier runs included. */
export interface Progress {
  readonly stage: 'prepare' | 'enhance' | 'join';
  /** Who runs the model; `null` until that is chosen. */
  readonly provider: string | null;
  readonly framesDone: number;
  readonly framesTotal: number;
  readonly segmentsDone: number;
  readonly segmentsTotal: number;
  readonly framesPerSecond: number;
  /** `null` until enough frames have been timed. */
  readonly secondsLeft: number | null;
  /** Since the work began, failed attempts included; what ran before a pause or a reload is not. */
  readonly elapsedSeconds: number;
  /** In the same time; stages overlap, so that their sum may be more. */
  readonly stageSeconds: StageSeconds;
}

/** Progress of an attempt that follows others: `before` is theirs together. */
export function addProgress(before: Progress | null, now: Progress): Progress {
  if (!before) return now;
  const stageSeconds = { ...now.stageSeconds };
  for (const stage of Object.keys(stageSeconds) as Stage[]) {
    stageSeconds[stage] += before.stageSeconds[stage];
  }
  return { ...now, elapsedSeconds: before.elapsedSeconds + now.elapsedSeconds, stageSeconds };
}

/** Frame time smoothed exponentially, so that one slow frame does not make the estimate jump. */
export class FrameClock {
  #lastMs: number | null = null;
  #smoothedMs: number | null = null;
  #frames = 0;

  tick(nowMs: number): void {
    if (this.#lastMs !== null) {
      const frameMs = nowMs - this.#lastMs;
      this.#smoothedMs =
        this.#smoothedMs === null ? frameMs : this.#smoothedMs * 0.9 + frameMs * 0.1;
    }
    this.#lastMs = nowMs;
    this.#frames++;
  }

  get framesPerSecond(): number {
    return this.#smoothedMs ? 1000 / this.#smoothedMs : 0;
  }

  secondsFor(frames: number): number | null {
    if (this.#smoothedMs === null || this.#frames < 5) return null;
    return (frames * this.#smoothedMs) / 1000;
  }
}
