import type { Size } from '@clearreel/shared/frameops/contract';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/language.ts';
import { Divider } from './divider.tsx';
import { drawStage, type Layer } from './draw-stage.ts';
import { useGestures } from './use-gestures.ts';
import { useScene } from './use-scene.ts';
import { useVideoFrames } from './use-video-frames.ts';
import { fitted, focusOf, placed } from './viewport.ts';
import { ZoomBar } from './zoom-bar.tsx';

export interface ComparisonProps {
  readonly left: readonly Layer[];
  readonly right: readonly Layer[];
  readonly leftLabel: string;
  readonly rightLabel: string;
  /** Of the whole picture as it is shown, in pixels of the result. */
  readonly size: Size;
  /** Over the picture. */
  readonly children?: ReactNode;
  /** The middle of what is looked at, in parts of the picture's sides. */
  onLook?(focus: { readonly x: number; readonly y: number }): void;
  onHold?(isHeld: boolean): void;
}

const label =
  'pointer-events-none absolute top-2 max-w-[45%] truncate rounded bg-black/70 px-2 py-0.5 text-xs font-medium text-white';

/** Two pictures in one place, one on each side of a line that can be moved. */
export function Comparison(props: ComparisonProps) {
  const { left, right, leftLabel, rightLabel, size, children, onLook, onHold } = props;
  const t = useT();
  const pane = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = useScene(pane, size);
  const [viewport, setViewport] = useState(fitted);
  const [divider, setDivider] = useState(0.5);
  const { isPannable, ...handlers } = useGestures({
    ...{ pane, scene, viewport, changeViewport: setViewport, changeDivider: setDivider },
    ...(onHold && { onHold }),
  });

  const draw = useCallback(() => {
    if (!canvas.current || !scene) return;
    drawStage(canvas.current, scene, placed(viewport, scene), { left, right, divider });
  }, [scene, viewport, divider, left, right]);

  useEffect(() => {
    const request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, [draw]);
  useVideoFrames(left, right, draw);

  useEffect(() => {
    if (scene) onLook?.(focusOf(viewport, scene));
  }, [scene, viewport, onLook]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with its tools is no fieldset of a form
    <div
      ref={pane}
      role="group"
      aria-label={t('preview.pane', { left: leftLabel, right: rightLabel })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be moved by pointer must be reached by keys
      tabIndex={0}
      className={`relative size-full overflow-hidden bg-stage select-none ${
        isPannable
          ? 'cursor-grab touch-none active:cursor-grabbing'
          : 'cursor-ew-resize touch-pan-y'
      }`}
      {...handlers}
    >
      <canvas ref={canvas} aria-hidden className="absolute inset-0 size-full" />
      <span className={`${label} left-2`}>{leftLabel}</span>
      <span className={`${label} right-2`}>{rightLabel}</span>
      <Divider
        position={divider}
        leftLabel={leftLabel}
        rightLabel={rightLabel}
        onChange={setDivider}
      />
      {scene && <ZoomBar scene={scene} viewport={viewport} onChange={setViewport} />}
      {children}
    </div>
  );
}
