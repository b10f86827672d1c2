import { farShore, ferrisWheel, gulls, sailBoat, sea, sky } from './backdrop.ts';
import { wheelRadius } from './bicycle.ts';
import { cyclist } from './cyclist.ts';
import { house } from './house.ts';
import { lamp } from './lamp.ts';
import { branches, flowerBoxes, grasses, tubs } from './plants.ts';
import { railing, street } from './street.ts';
import { type Context, disc, glow, gradient } from './tools.ts';

export const size = { width: 1920, height: 1080 } as const;

const panPerSecond = 92;
const rideScale = 0.96;

/** The house does not change, and its bricks are many. */
let stillHouse: OffscreenCanvas | null = null;

function drawnHouse(): OffscreenCanvas {
  if (stillHouse) return stillHouse;
  stillHouse = new OffscreenCanvas(1500, 1000);
  const context = stillHouse.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas');
  context.translate(200, 100);
  house(context);
  return stillHouse;
}

/** An evening at the harbour: the camera follows a cyclist past a café towards the sea. */
export function drawScene(context: Context, seconds: number) {
  const pan = seconds * panPerSecond;
  const layer = (factor: number, draw: () => void) => {
    context.save();
    context.translate(-pan * factor, 0);
    draw();
    context.restore();
  };
  layer(0.06, () => sky(context, seconds));
  layer(0.12, () => {
    farShore(context);
    gulls(context, seconds);
  });
  layer(0.2, () => ferrisWheel(context, seconds));
  layer(0.24, () => sea(context, seconds));
  layer(0.3, () => sailBoat(context, seconds));
  layer(1, () => {
    railing(context);
    context.drawImage(drawnHouse(), -200, -100);
    flowerBoxes(context, seconds);
  });
  street(context, pan);
  layer(1, () => {
    tubs(context, seconds);
    lamp(context, seconds);
  });
  ride(context, seconds);
  layer(1.3, () => branches(context, seconds));
  layer(1.6, () => grasses(context, seconds, [40, 2010]));
  light(context);
}

function ride(context: Context, seconds: number) {
  const x = 330 + seconds * 320;
  const travelled = (seconds * (320 + panPerSecond * 1.15)) / rideScale;
  context.save();
  context.translate(x, 1004);
  context.scale(rideScale, rideScale);
  context.save();
  context.transform(1, 0, -0.9, 0.12, 0, 0);
  for (const wheel of [0, 296]) disc(context, 'rgb(40 20 50 / 0.35)', wheel, 0, wheelRadius, 90);
  context.restore();
  disc(context, 'rgb(40 20 50 / 0.32)', 120, 2, 250, 13);
  cyclist(context, travelled, seconds);
  context.restore();
}

/** Late sun over everything, and a little less light at the edges. */
function light(context: Context) {
  context.save();
  context.globalCompositeOperation = 'soft-light';
  glow(context, 1560, 560, 1500, '255 190 110', 0.6);
  context.globalCompositeOperation = 'multiply';
  context.fillStyle = gradient(
    context,
    [0, 1080],
    [
      [0, 'rgb(226 214 226)'],
      [0.2, 'rgb(255 255 255)'],
      [0.85, 'rgb(255 255 255)'],
      [1, 'rgb(214 198 214)'],
    ],
  );
  context.fillRect(0, 0, size.width, size.height);
  context.restore();
}
