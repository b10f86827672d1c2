import type { Rect } from '@clearreel/shared/tiles/rect';
import type { Placement, Scene } from './viewport.ts';

export type Drawable = ImageBitmap | HTMLVideoElement;

/** A picture, or a part of one, over those before it. */
export interface Layer {
  readonly drawable: Drawable;
  /** In parts of the picture's sides; all of it where absent. */
  readonly rect?: Rect;
  /** 0 to 1. */
  readonly opacity?: number;
  /** Never shown as squares, however large: what a player would smooth. */
  readonly isSmooth?: boolean;
}

export interface StageContent {
  readonly left: readonly Layer[];
  readonly right: readonly Layer[];
  /** 0 to 1 of the pane's width: where the left side ends. */
  readonly divider: number;
}

/** Above this zoom single pixels are shown as squares. */
const squareAbove = 2;

const whole: Rect = { x: 0, y: 0, width: 1, height: 1 };

const isReady = (drawable: Drawable): boolean =>
  drawable instanceof ImageBitmap ? drawable.width > 0 : drawable.readyState >= 2;

/** Draws both sides in the same place, each up to the divider. */
export function drawStage(
  canvas: HTMLCanvasElement,
  { pane, density }: Scene,
  placement: Placement,
  { left, right, divider }: StageContent,
): void {
  const width = Math.max(1, Math.round(pane.width * density));
  const height = Math.max(1, Math.round(pane.height * density));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, width, height);
  const edge = Math.round(width * divider);
  drawSide(context, left, placement, density, 0, edge);
  drawSide(context, right, placement, density, edge, width);
}

function drawSide(
  context: CanvasRenderingContext2D,
  layers: readonly Layer[],
  placement: Placement,
  density: number,
  from: number,
  to: number,
): void {
  if (to <= from) return;
  context.save();
  context.beginPath();
  context.rect(from, 0, to - from, context.canvas.height);
  context.clip();
  for (const { drawable, rect = whole, opacity = 1, isSmooth = false } of layers) {
    if (!isReady(drawable)) continue;
    context.globalAlpha = opacity;
    context.imageSmoothingEnabled = isSmooth || placement.zoom <= squareAbove;
    context.imageSmoothingQuality = placement.zoom < 1 ? 'medium' : 'high';
    // Edges on whole pixels, so that neighbouring parts meet.
    const x0 = Math.round((placement.left + rect.x * placement.width) * density);
    const y0 = Math.round((placement.top + rect.y * placement.height) * density);
    const x1 = Math.round((placement.left + (rect.x + rect.width) * placement.width) * density);
    const y1 = Math.round((placement.top + (rect.y + rect.height) * placement.height) * density);
    context.drawImage(drawable, x0, y0, x1 - x0, y1 - y0);
  }
  context.restore();
}
