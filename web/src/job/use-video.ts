import { useEffect, useState } from 'react';

/** A video element that nobody sees, once it has a picture; `null` where the browser cannot play the file. */
export function useVideo(file: File | null): HTMLVideoElement | null {
  const [ready, setReady] = useState<HTMLVideoElement | null>(null);
  useEffect(() => {
    if (!file) return;
    const url = URL.createObjectURL(file);
    const video = document.createElement('video');
    video.playsInline = true;
    video.preload = 'auto';
    video.addEventListener('loadeddata', () => setReady(video.videoWidth > 0 ? video : null));
    video.src = url;
    return () => {
      setReady(null);
      video.pause();
      video.removeAttribute('src');
      video.load();
      URL.revokeObjectURL(url);
    };
  }, [file]);
  return ready;
}
