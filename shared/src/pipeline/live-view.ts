import type { VideoSample } from 'mediabunny';
import type { Size } from '../frameops/contract.ts';
import type { SourceFacts, VideoFacts } from '../media/facts.ts';
import { uprightSize } from '../media/upright-size.ts';
import type { FrameEnhancer } from './run-options.ts';

/** One frame before and after, upright and in square pixels. */
export interface FramePair<Picture> {
  /** Of the source, counted from its beginning. */
  readonly timestampSeconds: number;
  readonly before: Picture;
  readonly after: Picture;
}

/** Resolves once the frames are taken over. */
export type ShowPair<Picture> = (frames: FramePair<Picture>) => Promise<void>;

/** Draw a frame of the source and what was made of it. `null` where one cannot be drawn: a picture is worth no failure. */
export interface PairMaker<Picture> {
  before(sample: VideoSample, isUntagged: boolean): Promise<Picture | null>;
  after(sample: VideoSample): Promise<Picture | null>;
}

export interface LiveViewOptions<Picture> {
  /** Between two frames that are shown, at least. */
  readonly leastMs: number;
  /** Frees what nobody is shown. */
  discard(picture: Picture): void;
}

/**
 * Where the model needs long for a frame, drawing takes from it, as without a GPU: then only each sixteenth is shown,
 * or one in so many milliseconds.
 */
const framesApart = 16;
const mostMs = 5000;

const widestPx = 1280;

/** Upright, in square pixels, at most 1280 wide: the size in which frames that are as large as `output` are shown. */
export function shownSize(video: VideoFacts, { height }: Size): Size {
  const { num, den } = video.pixelAspect;
  const aspect = (video.width * num) / (video.height * den);
  const shown = uprightSize({ width: height * aspect, height }, video);
  const factor = Math.min(1, widestPx / shown.width);
  const side = (px: number) => Math.max(1, Math.round(px * factor));
  return { width: side(shown.width), height: side(shown.height) };
}

/** Shows someone a frame now and then while a job runs; costs one comparison a frame while nobody watches. */
export class LiveView<Picture> {
  readonly #options: LiveViewOptions<Picture>;
  #show: ShowPair<Picture> | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #everyMs: number;
  #isTaking = false;

  constructor(options: LiveViewOptions<Picture>) {
    this.#options = options;
    this.#everyMs = options.leastMs;
  }

  /** `null` when nobody watches any more. */
  watch(show: ShowPair<Picture> | null): void {
    this.#show = show;
  }

  over(
    enhancer: FrameEnhancer,
    { originSeconds = 0 }: SourceFacts,
    draw: PairMaker<Picture>,
  ): FrameEnhancer {
    const { leastMs, discard } = this.#options;
    return {
      stats: enhancer.stats,
      reset: () => enhancer.reset(),
      enhance: async (frame, request) => {
        if (!this.#isDue()) return enhancer.enhance(frame, request);
        // A frame that cannot be drawn is not tried again at once either.
        this.#lastMs = performance.now();
        const before = await draw.before(frame.sample, frame.isUntagged ?? false);
        if (before === null) return enhancer.enhance(frame, request);
        const startMs = performance.now();
        const sample = await enhancer.enhance(frame, request).catch((error) => {
          discard(before);
          throw error;
        });
        const frameMs = performance.now() - startMs;
        this.#everyMs = Math.max(leastMs, Math.min(mostMs, framesApart * frameMs));
        const after = await draw.after(sample);
        const timestampSeconds = frame.timestampSeconds - originSeconds;
        if (after === null) discard(before);
        else this.#send({ timestampSeconds, before, after });
        return sample;
      },
    };
  }

  #isDue(): boolean {
    return (
      this.#show !== null && !this.#isTaking && performance.now() - this.#lastMs >= this.#everyMs
    );
  }

  #send(frames: FramePair<Picture>): void {
    const show = this.#show;
    this.#lastMs = performance.now();
    if (!show) {
      this.#options.discard(frames.before);
      this.#options.discard(frames.after);
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
