import type { Size } from '@clearreel/shared/frameops/contract';
import { useEffect, useMemo, useState } from 'react';
import { Comparison } from './stage/comparison.tsx';
import type { Drawable, Layer } from './stage/draw-stage.ts';
import { followVideo } from './stage/follow-video.ts';

interface BeforeAfterProps {
  /** Of two videos this one follows the other, muted. */
  readonly before: Drawable;
  readonly after: Drawable;
  readonly beforeLabel: string;
  readonly afterLabel: string;
  /** Where in the source's time the result begins, for videos. */
  readonly offsetSeconds?: number;
}

const unknownSize: Size = { width: 16, height: 9 };

const isVideo = (drawable: Drawable): drawable is HTMLVideoElement =>
  drawable instanceof HTMLVideoElement;

const sizeOf = (drawable: Drawable): Size => {
  const { width, height } = isVideo(drawable)
    ? { width: drawable.videoWidth, height: drawable.videoHeight }
    : drawable;
  return width > 0 && height > 0 ? { width, height } : unknownSize;
};

/** The size of a bitmap, or of a video once it knows it. */
function useSize(drawable: Drawable): Size {
  const [size, setSize] = useState(() => sizeOf(drawable));
  useEffect(() => {
    const measure = () => setSize(sizeOf(drawable));
    measure();
    if (!isVideo(drawable)) return;
    drawable.addEventListener('loadedmetadata', measure);
    drawable.addEventListener('resize', measure);
    return () => {
      drawable.removeEventListener('loadedmetadata', measure);
      drawable.removeEventListener('resize', measure);
    };
  }, [drawable]);
  return size;
}

/**
 * Source and result under a movable divider, with zoom and pan. Fills its container. Bitmaps and videos stay their
 * owner's; a video plays when its owner plays it.
 */
export function BeforeAfter(props: BeforeAfterProps) {
  const { before, after, beforeLabel, afterLabel, offsetSeconds = 0 } = props;
  const size = useSize(after);
  const left = useMemo((): Layer[] => [{ drawable: before, isSmooth: true }], [before]);
  const right = useMemo((): Layer[] => [{ drawable: after }], [after]);
  useEffect(
    () =>
      isVideo(before) && isVideo(after) ? followVideo(after, before, offsetSeconds) : undefined,
    [before, after, offsetSeconds],
  );
  return <Comparison {...{ left, right, size }} leftLabel={beforeLabel} rightLabel={afterLabel} />;
}
