import { useEffect } from 'react';
import type { Layer } from './draw-stage.ts';

const videosIn = (layers: readonly Layer[]) =>
  layers.flatMap(({ drawable }) => (drawable instanceof HTMLVideoElement ? [drawable] : []));

/** Draws whenever one of the videos shows another frame. */
export function useVideoFrames(
  left: readonly Layer[],
  right: readonly Layer[],
  draw: () => void,
): void {
  useEffect(() => {
    const stops = [...videosIn(left), ...videosIn(right)].map((video) => {
      let request = 0;
      const next = () => {
        draw();
        request = video.requestVideoFrameCallback(next);
      };
      request = video.requestVideoFrameCallback(next);
      // A frame that is there already is not announced again.
      video.addEventListener('loadeddata', draw);
      return () => {
        video.cancelVideoFrameCallback(request);
        video.removeEventListener('loadeddata', draw);
      };
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [left, right, draw]);
}
