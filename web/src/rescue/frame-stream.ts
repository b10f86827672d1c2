import type { FrameStamp } from './ffmpeg-log.ts';
import type { FfmpegRuntime, WorkOptions } from './ffmpeg-runtime.ts';
import { closedOutlet, type OutletOptions } from './frame-outlet.ts';

/** Where a command line that feeds a `FrameStream` writes its raw frames. */
export const outletPath = '/frames/frames';

export interface RawFrame {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly stamp: FrameStamp;
}

/** Whether ffmpeg can be put to sleep between frames; else it must be run in bounded windows. */
export const canPauseFfmpeg = (): boolean => globalThis.crossOriginIsolated === true;

export interface FrameStreamOptions {
  readonly frameBytes: number;
  /** Frames that may wait for the consumer before ffmpeg sleeps. */
  readonly ahead: number;
  readonly canPause: boolean;
}

/**
 * Raw frames of one running ffmpeg, taken one by one. At most `ahead` frames wait (all of them where
 * ffmpeg cannot be paused). It occupies its runtime until the end or `close`.
 */
export class FrameStream {
  readonly #waiting: RawFrame[] = [];
  readonly #credits: Int32Array<SharedArrayBuffer> | null;
  readonly #done: Promise<void>;
  #ended = false;
  #closed = false;
  #failure: unknown = null;
  #wake: () => void = () => {};

  constructor(
    runtime: FfmpegRuntime,
    work: WorkOptions,
    { frameBytes, ahead, canPause }: FrameStreamOptions,
    args: (input: string) => readonly string[],
  ) {
    this.#credits = canPause ? new Int32Array(new SharedArrayBuffer(4)) : null;
    if (this.#credits !== null) this.#credits[0] = ahead;
    const outlet: OutletOptions = { frameBytes, credits: this.#credits };
    const isWaiting = () => this.#waiting.length > 0;
    this.#done = runtime
      .run({ ...work, repeatable: false }, async ({ ffmpeg, inputs: [input = ''], call }) => {
        await ffmpeg.mount('FRAMEOUTLET' as never, outlet as never, '/frames');
        try {
          await call('ffmpeg', args(input), {
            isWaiting,
            onNote: (note) => {
              if (note.type !== 'frame') return;
              this.#waiting.push(note);
              this.#wake();
            },
          });
        } finally {
          if (ffmpeg.loaded) await ffmpeg.unmount('/frames');
        }
      })
      .catch((error: unknown) => {
        if (!this.#closed) this.#failure = error;
      })
      .finally(() => {
        this.#ended = true;
        this.#wake();
      });
  }

  /** Frames that have left ffmpeg and were not taken. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** The next frame, or `null` after the last. Rejects, after the frames that came before, if ffmpeg failed. */
  async next(): Promise<RawFrame | null> {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const frame = this.#waiting.shift();
    if (frame === undefined) {
      if (this.#failure !== null) throw this.#failure;
      return null;
    }
    if (this.#credits !== null && !this.#closed) {
      Atomics.add(this.#credits, 0, 1);
      Atomics.notify(this.#credits, 0);
    }
    return frame;
  }

  /** Ends ffmpeg at its next frame and resolves when the runtime is free again. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    if (this.#credits !== null) {
      Atomics.store(this.#credits, 0, closedOutlet);
      Atomics.notify(this.#credits, 0);
    }
    await this.#done;
    this.#waiting.length = 0;
  }
}
