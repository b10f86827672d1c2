import { useEffect } from 'react';
import type { Layer } from './draw-stage.ts';

const videosIn = (layers: readonly Layer[]) =>
  layers.flatMap(({ drawable }) => (drawable instanceof HTMLVideoElement ? [drawable] : []));

const standing = ['loadeddata', 'seeked'] as const;

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
      // Frames that a video stands at, outside of the document above all, are not always announced.
      for (const name of standing) video.addEventListener(name, draw);
      return () => {
        video.cancelVideoFrameCallback(request);
        for (const name of standing) video.removeEventListener(name, draw);
      };
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [left, right, draw]);
}
