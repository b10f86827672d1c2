import type { Size } from '@clearreel/shared/frameops/contract';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import type { FrameEnhancer } from '@clearreel/shared/pipeline/run-options';
import { pictureMaker } from './live-picture.ts';

/** One frame before and after, upright, in square pixels, both in the same size. Whoever replaces it closes both. */
export interface LiveFrames {
  /** In source time. */
  readonly timestampSeconds: number;
  readonly before: ImageBitmap;
  readonly after: ImageBitmap;
}

/** Resolves once the frames are taken over. */
export type ShowFrames = (frames: LiveFrames) => Promise<void>;

/**
 * Between two frames that are shown. Where the model needs long for a frame, drawing takes from it, as without a GPU:
 * then only each sixteenth is shown.
 */
const leastMs = 1000;
const mostMs = 5000;
const framesApart = 16;

/** Shows someone a frame now and then while a job runs; costs one comparison a frame while nobody watches. */
export class LiveView {
  #show: ShowFrames | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #everyMs = leastMs;
  #isTaking = false;

  /** `null` when nobody watches any more. */
  watch(show: ShowFrames | null): void {
    this.#show = show;
  }

  over(enhancer: FrameEnhancer, video: VideoFacts, outputSize: Size): FrameEnhancer {
    const picture = pictureMaker(video, outputSize);
    return {
      stats: enhancer.stats,
      reset: () => enhancer.reset(),
      enhance: async (frame, request) => {
        const before = this.#isDue() ? await picture(frame.sample, frame.isUntagged) : null;
        if (!before) return enhancer.enhance(frame, request);
        const startMs = performance.now();
        const sample = await enhancer.enhance(frame, request).catch((error) => {
          before.close();
          throw error;
        });
        const frameMs = performance.now() - startMs;
        this.#everyMs = Math.min(mostMs, Math.max(leastMs, framesApart * frameMs));
        const after = await picture(sample);
        const { timestampSeconds } = frame;
        if (after) this.#send({ timestampSeconds, before, after });
        else before.close();
        return sample;
      },
    };
  }

  #isDue(): boolean {
    return (
      this.#show !== null && !this.#isTaking && performance.now() - this.#lastMs >= this.#everyMs
    );
  }

  #send(frames: LiveFrames): void {
    const show = this.#show;
    this.#lastMs = performance.now();
    if (!show) {
      frames.before.close();
      frames.after.close();
      return;
    }
    this.#isTaking = true;
    const taken = () => {
      this.#isTaking = false;
    };
    // A page that cannot show them is no reason to stop the job.
    show(frames).then(taken, taken);
  }
}
