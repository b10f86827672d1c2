import type { Size } from '@clearreel/shared/frameops/contract';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import type { Scene } from './viewport.ts';

/** The pane's size and the screen's density, followed. `null` until it is laid out. */
export function useScene(pane: RefObject<HTMLElement | null>, picture: Size): Scene | null {
  const [laidOut, setLaidOut] = useState<{ pane: Size; density: number } | null>(null);
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) {
        setLaidOut({ pane: { width, height }, density: window.devicePixelRatio });
      }
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // The density changes when the window moves to another screen, without a new size.
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [pane]);
  const { width, height } = picture;
  return useMemo(
    () => (laidOut ? { ...laidOut, picture: { width, height } } : null),
    [laidOut, width, height],
  );
}
