import {
  box,
  type Context,
  curve,
  disc,
  gradient,
  hsl,
  line,
  mix,
  type Point,
  randomFrom,
  shape,
} from './tools.ts';

export const wheelRadius = 106;
const crank = 50;
const rear: Point = [0, -wheelRadius];
const front: Point = [296, -wheelRadius];
const bottom: Point = [124, -94];
const seat: Point = [80, -196];
const headTop: Point = [236, -236];
const frame = '#2f8f86';
const steel = '#d9dde0';

export const pedalAt = (turn: number): Point => [
  bottom[0] + Math.cos(turn) * crank,
  bottom[1] + Math.sin(turn) * crank,
];

/** Stands on the point 0, 0 under its rear hub, and rides to the right. */
export function bicycle(context: Context, wheelTurn: number, pedalTurn: number, seconds: number) {
  for (const hub of [rear, front]) wheel(context, hub, wheelTurn);
  rack(context);
  line(context, '#1d2d35', 8, [bottom, pedalAt(pedalTurn + Math.PI)]);
  line(context, '#4a3a34', 3.5, [
    [rear[0], rear[1] - 14],
    [bottom[0], bottom[1] - 27],
  ]);
  line(context, '#4a3a34', 3.5, [
    [rear[0], rear[1] + 14],
    [bottom[0], bottom[1] + 27],
  ]);
  for (const [from, to, width] of [
    [rear, bottom, 10],
    [rear, seat, 8],
    [seat, bottom, 12],
    [bottom, [250, -190], 13],
    [[92, -166], [246, -204], 10],
    [headTop, front, 11],
  ] as const) {
    line(context, frame, width, [from, to]);
    line(context, '#7cc7bb', 3, [
      [from[0] + 2, from[1] - 2],
      [to[0] + 2, to[1] - 2],
    ]);
  }
  line(context, steel, 9, [seat, [76, -214]]);
  shape(context, '#6b3d27', 'M28 -226Q58 -236 118 -222Q122 -214 112 -214L52 -208Q26 -208 28 -226Z');
  curve(context, steel, 8, 'M236 -236L232 -264Q252 -286 270 -266M234 -264L214 -266');
  line(context, '#6b3d27', 12, [
    [212, -266],
    [240, -264],
  ]);
  basket(context, seconds);
  disc(context, '#2a3b44', bottom[0], bottom[1], 29);
  disc(context, steel, bottom[0], bottom[1], 20);
  disc(context, '#2a3b44', bottom[0], bottom[1], 8);
  line(context, '#33474f', 9, [bottom, pedalAt(pedalTurn)]);
  const [x, y] = pedalAt(pedalTurn);
  line(context, '#1d2d35', 9, [
    [x - 18, y],
    [x + 18, y],
  ]);
}

function wheel(context: Context, [x, y]: Point, turn: number) {
  context.save();
  context.translate(x, y);
  context.rotate(turn);
  const spokes = 18;
  for (let spoke = 0; spoke < spokes; spoke++) {
    const from = (spoke / spokes) * 2 * Math.PI;
    const cross = from + (spoke % 2 ? 0.55 : -0.55);
    line(context, 'rgb(240 240 236 / 0.9)', 2.8, [
      [Math.cos(cross) * 10, Math.sin(cross) * 10],
      [Math.cos(from) * (wheelRadius - 9), Math.sin(from) * (wheelRadius - 9)],
    ]);
  }
  disc(context, '#f0b13c', Math.cos(0.3) * 62, Math.sin(0.3) * 62, 9, 6);
  context.restore();
  for (const [radius, width, colour] of [
    [wheelRadius - 6, 12, '#2a2527'],
    [wheelRadius - 4, 3, '#574b49'],
    [wheelRadius - 15, 6, '#e8e3d8'],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
  disc(context, steel, x, y, 11);
  context.strokeStyle = frame;
  context.lineWidth = 9;
  context.beginPath();
  context.arc(x, y, wheelRadius + 9, -2.9, x === 0 ? -0.7 : -1.1);
  context.stroke();
}

function rack(context: Context) {
  line(context, '#2a3b44', 6, [
    [-74, -232],
    [66, -232],
  ]);
  line(context, '#2a3b44', 5, [[-40, -230], rear]);
  context.fillStyle = gradient(
    context,
    [-230, -150],
    [
      [0, '#a8643a'],
      [1, '#7b4325'],
    ],
  );
  context.beginPath();
  context.roundRect(-66, -226, 92, 74, 8);
  context.fill();
  box(context, '#5c2f19', -66, -204, 92, 5);
  for (const x of [-46, 2]) {
    box(context, '#5c2f19', x, -226, 8, 46);
    box(context, '#f0cf8a', x - 2, -190, 12, 10);
  }
}

/** Woven willow with a loaf and flowers. */
function basket(context: Context, seconds: number) {
  const random = randomFrom(17);
  context.save();
  context.translate(322, -244);
  line(context, '#f0c98d', 20, [
    [18, -8],
    [58, -74],
  ]);
  for (const cut of [0.2, 0.5, 0.8]) {
    line(context, '#b9793c', 4, [
      [18 + cut * 40 - 6, -14 - cut * 66],
      [18 + cut * 40 + 10, -8 - cut * 66],
    ]);
  }
  for (let stem = 0; stem < 22; stem++) {
    const sway = Math.sin(seconds * 5 + stem) * 2.5;
    const x = mix(-44, 26, random());
    const y = -22 - random() * 48;
    line(context, hsl(mix(95, 130, random()), 36, mix(28, 42, random())), 4, [
      [x * 0.5, 0],
      [x + sway, y],
    ]);
    const hue = [338, 46, 12, 280][stem % 4] ?? 0;
    disc(context, hsl(hue, 70, mix(58, 74, random())), x + sway, y, 10, 9);
    disc(context, '#fdf3d0', x + sway, y, 3.5);
  }
  shape(context, '#a8733f', 'M-56 -12H62L48 66H-42Z');
  context.beginPath();
  for (let row = 0; row < 7; row++) {
    for (let cell = 0; cell < 9; cell++) {
      if ((row + cell) % 2) continue;
      const left = -54 + row * 2;
      const width = (116 - row * 4) / 9;
      context.roundRect(left + cell * width, -8 + row * 10.5, width - 1.5, 8, 3);
    }
  }
  context.fillStyle = '#dcae72';
  context.fill();
  line(context, '#8a5a2c', 10, [
    [-58, -12],
    [64, -12],
  ]);
  line(context, '#e3b679', 4, [
    [-56, -14],
    [62, -14],
  ]);
  context.restore();
}
