import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import { clipFile } from '../../rescue/clips.test-kit.ts';
import { BeforeAfter } from '../before-after.tsx';
import { drawStage, type Layer } from './draw-stage.ts';
import {
  canPan,
  fitted,
  focusOf,
  panned,
  placed,
  type Scene,
  type Viewport,
  zoomedBy,
  zoomedStep,
  zoomOf,
} from './viewport.ts';

/** Every pixel has a colour of its own. */
function colours(width: number, height: number): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    image.data.set(
      [(255 * x) / (width - 1), (255 * y) / (height - 1), (x * 37 + y * 91) % 256, 255],
      4 * i,
    );
  }
  context?.putImageData(image, 0, 0);
  return canvas.transferToImageBitmap();
}

function plain(width: number, height: number, colour: string): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context) context.fillStyle = colour;
  context?.fillRect(0, 0, width, height);
  return canvas.transferToImageBitmap();
}

const pixels = (canvas: HTMLCanvasElement, x: number, y: number, width = 1, height = 1) => [
  ...(canvas.getContext('2d')?.getImageData(x, y, width, height).data ?? []),
];

const scene: Scene = {
  picture: { width: 40, height: 20 },
  pane: { width: 80, height: 60 },
  density: 1,
};

const at = (zoom: Viewport['zoom'], x = 0.5, y = 0.5): Viewport => ({ zoom, x, y });

function drawn(scene: Scene, viewport: Viewport, left: Layer[], right: Layer[], divider = 0.5) {
  const canvas = document.createElement('canvas');
  drawStage(canvas, scene, placed(viewport, scene), { left, right, divider });
  return canvas;
}

describe('app 2. the stage', () => {
  it.each([1, 2])(
    'app 2.60 at 100 % one pixel of the result is one of the screen’s, with %i to a page’s pixel',
    (density) => {
      const picture = { width: 40, height: 20 };
      const bitmap = colours(picture.width, picture.height);
      const dense = { picture, pane: { width: 80 / density, height: 60 / density }, density };
      const canvas = drawn(dense, at(1), [], [{ drawable: bitmap }], 0);
      expect([canvas.width, canvas.height]).toEqual([80, 60]);
      const own = drawn(
        { picture, pane: picture, density: 1 },
        at(1),
        [],
        [{ drawable: bitmap }],
        0,
      );
      expect(pixels(canvas, 20, 20, 40, 20)).toEqual(pixels(own, 0, 0, 40, 20));
    },
  );

  it('app 2.61 both sides lie in the same place, whatever their own sizes are', () => {
    const small: Layer = { drawable: plain(10, 5, 'rgb(200 0 0)'), isSmooth: true };
    const large: Layer = { drawable: plain(80, 40, 'rgb(0 200 0)') };
    for (const viewport of [fitted, at(3, 0.2, 0.9)]) {
      const [red, green] = [
        drawn(scene, viewport, [small], [], 1),
        drawn(scene, viewport, [], [large], 0),
      ].map((canvas) => pixels(canvas, 0, 0, 80, 60).map((value) => (value > 0 ? 1 : 0)));
      const covered = (values: number[] | undefined) =>
        values?.flatMap((value, i) => (i % 4 === 3 ? [value] : []));
      expect(covered(red)).toEqual(covered(green));
    }
  });

  it('app 2.62 the left side ends at the divider, and the right one begins there', () => {
    const [red, green] = [plain(4, 2, 'rgb(255 0 0)'), plain(4, 2, 'rgb(0 255 0)')];
    const canvas = drawn(scene, fitted, [{ drawable: red }], [{ drawable: green }], 0.25);
    expect(pixels(canvas, 19, 30)).toEqual([255, 0, 0, 255]);
    expect(pixels(canvas, 20, 30)).toEqual([0, 255, 0, 255]);
  });

  it('app 2.63 single pixels are squares above 200 % only, and those of the source never', () => {
    const bitmap = colours(40, 20);
    const values = (zoom: number, isSmooth: boolean) => {
      const canvas = drawn(scene, at(zoom), [], [{ drawable: bitmap, isSmooth }], 0);
      const seen = new Set<string>();
      for (let x = 0; x < 80; x++) seen.add(pixels(canvas, x, 30).join());
      return seen.size;
    };
    expect(values(4, false)).toBeLessThan(25);
    expect(values(4, true)).toBeGreaterThan(60);
    expect(values(2, false)).toBeGreaterThan(45);
  });

  it('app 2.64 zooming keeps the point under the pointer, and moving ends at the picture’s edge', () => {
    const [x, y] = [60, 25];
    const first = zoomedBy(fitted, scene, 2.5, x, y);
    const pointOf = (viewport: Viewport) => {
      const { left, top, width, height } = placed(viewport, scene);
      return [(x - left) / width, (y - top) / height];
    };
    const second = zoomedBy(first, scene, 1.4, x, y);
    for (const [i, part] of pointOf(second).entries()) {
      expect(part).toBeCloseTo(pointOf(first)[i] ?? 0, 6);
    }
    expect(canPan(fitted, scene)).toBe(false);
    expect(canPan(second, scene)).toBe(true);
    const { left, top } = placed(panned(second, scene, 10_000, 10_000), scene);
    expect([left, top]).toEqual([expect.closeTo(0), expect.closeTo(0)]);
    const focus = focusOf(panned(second, scene, 10_000, 10_000), scene);
    expect(focus.x).toBeLessThan(0.5);
  });

  it('app 2.65 steps of zoom go from all of the picture to 800 % and back', () => {
    const zooms: number[] = [];
    let viewport = fitted;
    for (let step = 0; step < 4; step++) {
      viewport = zoomedStep(viewport, scene, 1);
      zooms.push(zoomOf(viewport, scene));
    }
    expect(zooms).toEqual([4, 8, 8, 8]);
    for (let step = 0; step < 3; step++) viewport = zoomedStep(viewport, scene, -1);
    expect(viewport).toEqual(fitted);
  });

  it('app 2.66 a picture that was closed meanwhile is left out', () => {
    const bitmap = plain(4, 2, 'rgb(0 255 0)');
    bitmap.close();
    const canvas = drawn(scene, fitted, [], [{ drawable: bitmap }], 0);
    expect(pixels(canvas, 40, 30)).toEqual([0, 0, 0, 0]);
  });
});

describe('app 5. two videos under one divider', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  async function video(name: string): Promise<HTMLVideoElement> {
    const url = URL.createObjectURL(await clipFile(name));
    const element = Object.assign(document.createElement('video'), { src: url, muted: true });
    ends.push(() => URL.revokeObjectURL(url));
    await new Promise((resolve) => element.addEventListener('loadeddata', resolve, { once: true }));
    return element;
  }

  it('app 5.60 stand at the same time, as far apart as the result was trimmed, and are drawn there', async () => {
    const [before, after] = [await video('frames-300'), await video('plain-h264')];
    const container = document.createElement('div');
    container.style.cssText = 'width: 192px; height: 108px';
    document.body.append(container);
    const root = createRoot(container);
    const props = { before, after, beforeLabel: 'Before', afterLabel: 'After', offsetSeconds: 2 };
    root.render(createElement(BeforeAfter, props));
    ends.push(() => {
      root.unmount();
      container.remove();
    });
    await expect.poll(() => before.currentTime).toBeCloseTo(2, 1);
    const canvas = () => container.querySelector('canvas') ?? document.createElement('canvas');
    const picture = () => canvas().toDataURL();
    const middle = () => pixels(canvas(), 20, Math.floor(canvas().height / 2));
    await expect.poll(() => canvas().width).toBe(192);
    await expect.poll(() => middle()[3]).toBe(255);
    const start = picture();
    after.currentTime = 1.5;
    await expect.poll(() => before.currentTime).toBeCloseTo(3.5, 1);
    await expect.poll(picture).not.toBe(start);
  });
});
