import type { Size } from '@clearreel/shared/frameops/contract';

/** What of a picture is looked at. */
export interface Viewport {
  /** Screen pixels to one pixel of the picture; `fit` shows all of it. */
  readonly zoom: number | 'fit';
  /** The point in the middle, in parts of the picture's sides. */
  readonly x: number;
  readonly y: number;
}

export const fitted: Viewport = { zoom: 'fit', x: 0.5, y: 0.5 };

/** A picture in a pane; sizes in the pane's own pixels. */
export interface Scene {
  readonly picture: Size;
  readonly pane: Size;
  /** Screen pixels to one of the pane's pixels. */
  readonly density: number;
}

/** Where the whole picture lies, in the pane's pixels. */
export interface Placement extends Size {
  readonly left: number;
  readonly top: number;
  /** Screen pixels to one pixel of the picture. */
  readonly zoom: number;
}

const steps = [0.25, 0.5, 1, 2, 4, 8] as const;
const largest = 8;

const fitZoom = ({ picture, pane, density }: Scene): number =>
  Math.min(pane.width / picture.width, pane.height / picture.height) * density;

export const zoomOf = ({ zoom }: Viewport, scene: Scene): number =>
  zoom === 'fit' ? fitZoom(scene) : zoom;

/** The middle, such that no more of the pane stays empty than must. */
function centred(part: number, shown: number, pane: number): number {
  if (shown <= pane) return 0.5;
  const half = pane / 2 / shown;
  return Math.min(1 - half, Math.max(half, part));
}

export function placed(viewport: Viewport, scene: Scene): Placement {
  const { picture, pane, density } = scene;
  const zoom = zoomOf(viewport, scene);
  const width = (picture.width * zoom) / density;
  const height = (picture.height * zoom) / density;
  const x = centred(viewport.x, width, pane.width);
  const y = centred(viewport.y, height, pane.height);
  return {
    left: pane.width / 2 - x * width,
    top: pane.height / 2 - y * height,
    ...{ width, height, zoom },
  };
}

const middleOf = ({ left, top, width, height }: Placement, { pane }: Scene) => ({
  x: (pane.width / 2 - left) / width,
  y: (pane.height / 2 - top) / height,
});

/** Whether there is more of the picture than the pane shows. */
export function canPan(viewport: Viewport, scene: Scene): boolean {
  const { width, height } = placed(viewport, scene);
  return width > scene.pane.width + 0.5 || height > scene.pane.height + 0.5;
}

/** Moves the picture by so many of the pane's pixels. */
export function panned(viewport: Viewport, scene: Scene, dx: number, dy: number): Viewport {
  const { width, height } = placed(viewport, scene);
  const { x, y } = middleOf(placed(viewport, scene), scene);
  const moved = { ...viewport, x: x - dx / width, y: y - dy / height };
  return { ...moved, ...middleOf(placed(moved, scene), scene) };
}

/** Zooms by a factor; the point of the picture at (`atX`, `atY`) of the pane stays where it is. */
export function zoomedBy(
  viewport: Viewport,
  scene: Scene,
  factor: number,
  atX = scene.pane.width / 2,
  atY = scene.pane.height / 2,
): Viewport {
  const fit = fitZoom(scene);
  const before = placed(viewport, scene);
  const zoom = Math.min(Math.max(largest, fit), before.zoom * factor);
  if (zoom <= fit) return fitted;
  const [x, y] = [(atX - before.left) / before.width, (atY - before.top) / before.height];
  const { width, height } = placed({ ...viewport, zoom }, scene);
  const next = {
    zoom,
    x: x - (atX - scene.pane.width / 2) / width,
    y: y - (atY - scene.pane.height / 2) / height,
  };
  return { ...next, ...middleOf(placed(next, scene), scene) };
}

/** The next larger (1) or smaller (-1) of the usual zooms. */
export function zoomedStep(viewport: Viewport, scene: Scene, direction: 1 | -1): Viewport {
  const zoom = zoomOf(viewport, scene);
  const wanted =
    direction === 1
      ? steps.find((step) => step > zoom * 1.01)
      : steps.findLast((step) => step < zoom * 0.99);
  return zoomedBy(viewport, scene, (wanted ?? (direction === 1 ? largest : 0)) / zoom);
}

/** The point in the middle of what is seen, in parts of the picture's sides. */
export const focusOf = (viewport: Viewport, scene: Scene) =>
  middleOf(placed(viewport, scene), scene);
