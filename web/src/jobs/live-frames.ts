import { type FramePair, LiveView, type ShowPair } from '@clearreel/shared/pipeline/live-view';

/** One frame before and after, both in the same size. Whoever replaces it closes both. */
export type LiveFrames = FramePair<ImageBitmap>;

export type ShowFrames = ShowPair<ImageBitmap>;

export type LiveBitmaps = LiveView<ImageBitmap>;

export const openLiveBitmaps = (): LiveBitmaps =>
  new LiveView({ leastMs: 1000, discard: (bitmap) => bitmap.close() });

export function closeFrames({ before, after }: LiveFrames): void {
  before.close();
  after.close();
}
