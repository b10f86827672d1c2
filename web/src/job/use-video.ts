import { useEffect, useRef, useState } from 'react';

/** A file of this device, or the address of one. */
export type VideoSource = File | string;

/**
 * A video element that nobody sees, once it has a picture; `null` where the browser cannot play the source. Where a
 * new address takes the place of an old one, it goes on at the same time.
 */
export function useVideo(
  source: VideoSource | null,
  onBroken?: () => void,
): HTMLVideoElement | null {
  const [ready, setReady] = useState<HTMLVideoElement | null>(null);
  const lastSeconds = useRef(0);
  const tellBroken = useRef(onBroken);
  tellBroken.current = onBroken;
  useEffect(() => {
    if (!source) return;
    const url = typeof source === 'string' ? source : URL.createObjectURL(source);
    const video = document.createElement('video');
    video.playsInline = true;
    video.preload = 'auto';
    // Another origin's pictures may be drawn only so.
    if (typeof source === 'string') video.crossOrigin = 'anonymous';
    video.addEventListener('loadeddata', () => {
      if (lastSeconds.current > 0) video.currentTime = lastSeconds.current;
      setReady(video.videoWidth > 0 ? video : null);
    });
    const broken = () => tellBroken.current?.();
    video.addEventListener('error', broken);
    video.src = url;
    return () => {
      lastSeconds.current = video.currentTime;
      setReady(null);
      video.removeEventListener('error', broken);
      video.pause();
      video.removeAttribute('src');
      video.load();
      if (typeof source !== 'string') URL.revokeObjectURL(url);
    };
  }, [source]);
  return ready;
}
