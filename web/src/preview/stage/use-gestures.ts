import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import {
  canPan,
  fitted,
  panned,
  type Scene,
  type Viewport,
  zoomedBy,
  zoomedStep,
} from './viewport.ts';

type Change<T> = (next: (before: T) => T) => void;

interface GesturesOptions {
  readonly pane: RefObject<HTMLElement | null>;
  readonly scene: Scene | null;
  readonly viewport: Viewport;
  readonly changeViewport: Change<Viewport>;
  readonly changeDivider: Change<number>;
  /** Shows the original while a key is held. */
  onHold?(isHeld: boolean): void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const holdKey = 'o';
const wheelSpeed = 0.002;
const keyStep = 0.1;
const dividerStep = 0.02;

const clampPart = (part: number) => Math.min(1, Math.max(0, part));
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Point, b: Point) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Zoom, pan and the divider by pointer, touch, wheel and keys. */
export function useGestures(options: GesturesOptions) {
  const { pane, scene, viewport, changeViewport, changeDivider, onHold } = options;
  const pointers = useRef(new Map<number, Point>());
  const isDividing = useRef(false);
  const isKeyHeld = useRef(false);
  const isPannable = scene !== null && canPan(viewport, scene);

  useEffect(() => {
    const element = pane.current;
    if (!element || !scene) return;
    const onWheel = (event: WheelEvent) => {
      // Without the key the page scrolls; a pinch on a touchpad comes with it.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const factor = Math.exp(-event.deltaY * wheelSpeed * (event.deltaMode === 0 ? 1 : 20));
      const [x, y] = [event.clientX - left, event.clientY - top];
      changeViewport((before) => zoomedBy(before, scene, factor, x, y));
    };
    // React's own listener would be passive, and the page would zoom too.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [pane, scene, changeViewport]);

  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top } = pane.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return { x: clientX - left, y: clientY - top };
  };

  const divideAt = ({ x }: Point) => {
    if (scene) changeDivider(() => clampPart(x / scene.pane.width));
  };

  const hold = (isHeld: boolean) => {
    if (isKeyHeld.current === isHeld) return;
    isKeyHeld.current = isHeld;
    onHold?.(isHeld);
  };

  const end = ({ pointerId }: PointerEvent) => {
    pointers.current.delete(pointerId);
  };

  return {
    isPannable,

    onPointerDown(event: PointerEvent<HTMLElement>) {
      const target = event.target as Element;
      if (event.button !== 0 || target.closest('button')) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const point = pointOf(event);
      pointers.current.set(event.pointerId, point);
      isDividing.current = !isPannable || target.closest('[data-divider]') !== null;
      if (isDividing.current && pointers.current.size === 1) divideAt(point);
    },

    onPointerMove(event: PointerEvent<HTMLElement>) {
      const before = pointers.current.get(event.pointerId);
      if (!before || !scene) return;
      const point = pointOf(event);
      const [other] = [...pointers.current].flatMap(([id, at]) =>
        id === event.pointerId ? [] : [at],
      );
      pointers.current.set(event.pointerId, point);
      if (other) {
        const factor = distance(point, other) / Math.max(1, distance(before, other));
        const [from, to] = [middle(before, other), middle(point, other)];
        changeViewport((old) =>
          panned(zoomedBy(old, scene, factor, from.x, from.y), scene, to.x - from.x, to.y - from.y),
        );
      } else if (isDividing.current) {
        divideAt(point);
      } else {
        changeViewport((old) => panned(old, scene, point.x - before.x, point.y - before.y));
      }
    },

    onPointerUp: end,
    onPointerCancel: end,

    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === holdKey) hold(true);
      if (!scene) return;
      const zooms: Readonly<Record<string, () => void>> = {
        '+': () => changeViewport((old) => zoomedStep(old, scene, 1)),
        '=': () => changeViewport((old) => zoomedStep(old, scene, 1)),
        '-': () => changeViewport((old) => zoomedStep(old, scene, -1)),
        '0': () => changeViewport(() => fitted),
      };
      const arrows: Readonly<Record<string, readonly [number, number]>> = {
        ArrowLeft: [1, 0],
        ArrowRight: [-1, 0],
        ArrowUp: [0, 1],
        ArrowDown: [0, -1],
      };
      const arrow = arrows[event.key];
      const zoom = zooms[event.key];
      // Arrows on the divider are its own.
      if (zoom) zoom();
      else if (!arrow || event.target !== event.currentTarget) return;
      else if (isPannable) {
        const { width, height } = scene.pane;
        const [dx, dy] = [arrow[0] * width * keyStep, arrow[1] * height * keyStep];
        changeViewport((old) => panned(old, scene, dx, dy));
      } else if (arrow[0] !== 0) {
        changeDivider((old) => clampPart(old - arrow[0] * dividerStep));
      } else return;
      event.preventDefault();
    },

    // The key may be let go elsewhere.
    onBlur: () => hold(false),

    onKeyUp(event: KeyboardEvent<HTMLElement>) {
      if (event.key === holdKey) hold(false);
    },
  };
}
