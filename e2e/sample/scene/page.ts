import { drawScene, size } from './scene.ts';

const framesPerSecond = 24;
/** Times at which the shutter is sampled; it stands open for half of each frame, as in a film camera. */
const shutterSamples = 4;

/** Enough for the small clip, which averages four by four of these pixels to one. */
const filmScale = 2 / 3;

/** One frame as a PNG in a data address. */
export function frame(index: number): string {
  const film = context2d();
  const moment = context2d();
  moment.scale(filmScale, filmScale);
  for (let sample = 0; sample < shutterSamples; sample++) {
    drawScene(moment, (index + (0.5 * sample) / shutterSamples) / framesPerSecond);
    film.globalAlpha = 1 / (sample + 1);
    film.drawImage(moment.canvas, 0, 0);
  }
  return film.canvas.toDataURL('image/png');
}

function context2d(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = size.width * filmScale;
  canvas.height = size.height * filmScale;
  // Keeps the canvas off the GPU, which is only emulated here and slower than plain drawing.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas');
  return context;
}

Object.assign(globalThis, { frame });
