import { blossoms } from './plants.ts';
import { box, type Context, curve, disc, glow, line, mix, shape } from './tools.ts';

const iron = '#22343f';
const lampX = 1262;

/** The street lamp on the promenade, and the string of lights from the house to it and beyond. */
export function lamp(context: Context, seconds: number) {
  lights(context, seconds, [1090, 250], [lampX, 262], 46, 5);
  lights(context, seconds, [lampX, 262], [2150, 120], 120, 17);
  box(context, iron, lampX - 7, 300, 14, 540);
  box(context, 'rgb(255 214 150 / 0.6)', lampX + 3, 300, 3, 540);
  for (const [y, size] of [
    [840, 30],
    [800, 20],
    [600, 13],
    [330, 13],
  ] as const) {
    box(context, iron, lampX - size, y - 12, 2 * size, 16);
  }
  curve(context, iron, 6, `M${lampX} 400q-60 -10 -62 40M${lampX} 400q60 -10 62 40`);
  for (const x of [lampX - 62, lampX + 62]) hangingBasket(context, x, seconds);
  shape(context, iron, `M${lampX - 40} 292L${lampX - 28} 190H${lampX + 28}L${lampX + 40} 292Z`);
  shape(
    context,
    '#fff1c4',
    `M${lampX - 29} 282L${lampX - 20} 202H${lampX + 20}L${lampX + 29} 282Z`,
  );
  line(context, iron, 4, [
    [lampX, 200],
    [lampX, 284],
  ]);
  shape(context, iron, `M${lampX - 44} 192Q${lampX} 130 ${lampX + 44} 192Z`);
  disc(context, iron, lampX, 150, 8);
  glow(context, lampX, 240, 190, '255 228 160', 0.75);
}

function hangingBasket(context: Context, x: number, seconds: number) {
  line(context, iron, 3, [
    [x, 440],
    [x - 30, 480],
  ]);
  line(context, iron, 3, [
    [x, 440],
    [x + 30, 480],
  ]);
  shape(
    context,
    '#5a4334',
    `M${x - 38} 480H${x + 38}Q${x + 30} 522 ${x} 524Q${x - 30} 522 ${x - 38} 480Z`,
  );
  blossoms(
    context,
    { x, y: 478, width: 46, hang: 52, leaves: 70, blooms: 22, hues: [44, 20] },
    seconds,
  );
}

function lights(
  context: Context,
  seconds: number,
  from: readonly [number, number],
  to: readonly [number, number],
  sag: number,
  count: number,
) {
  const swing = Math.sin(seconds * 1.9) * 7;
  const at = (part: number): [number, number] => [
    mix(from[0], to[0], part) + swing * Math.sin(part * Math.PI),
    mix(from[1], to[1], part) + sag * 4 * part * (1 - part),
  ];
  line(
    context,
    '#3b3540',
    3.2,
    Array.from({ length: 41 }, (_, step) => at(step / 40)),
  );
  for (let bulb = 1; bulb < count; bulb++) {
    const [x, y] = at(bulb / count);
    line(context, '#3b3540', 4, [
      [x, y],
      [x, y + 9],
    ]);
    disc(context, '#fff6d0', x, y + 18, 8, 10);
    glow(context, x, y + 18, 44, '255 220 140', 0.7 + 0.15 * Math.sin(seconds * 3 + bulb * 2));
  }
}
