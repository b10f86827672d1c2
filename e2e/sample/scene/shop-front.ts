import { write } from './lettering.ts';
import {
  box,
  type Context,
  curve,
  disc,
  glow,
  gradient,
  hsl,
  line,
  mix,
  randomFrom,
  shape,
} from './tools.ts';

const front = { left: 40, right: 1040, top: 350, foot: 822 } as const;
const paint = '#1f4a45';
const paintLight = '#37716a';
const paintDark = '#12312e';
const gold = '#f3cf84';

export function shopFront(context: Context) {
  const { left, right, top, foot } = front;
  box(context, paint, left, top, right - left, foot - top);
  sign(context);
  display(context, 96, 430);
  door(context, 560);
  display(context, 742, 250);
  for (const x of [left, 526, 708, right - 34]) pillar(context, x);
  box(context, paintDark, left, foot - 18, right - left, 18);
  awning(context);
}

function sign(context: Context) {
  const { left, right, top } = front;
  box(context, paintDark, left - 14, top - 8, right - left + 28, 112);
  box(context, paint, left, top + 2, right - left, 92);
  context.strokeStyle = gold;
  context.lineWidth = 3.5;
  context.strokeRect(left + 12, top + 12, right - left - 24, 72);
  const middle = (left + right) / 2;
  write(context, 'CAFÉ LUMEN', {
    x: middle + 3,
    y: top + 75,
    height: 46,
    weight: 9,
    colour: '#0b201e',
  });
  write(context, 'CAFÉ LUMEN', { x: middle, y: top + 72, height: 46, weight: 9, colour: gold });
  write(context, 'COFFEE', {
    x: left + 148,
    y: top + 62,
    height: 24,
    weight: 4.5,
    colour: '#f7e3b6',
  });
  write(context, 'SINCE 1955', {
    x: right - 160,
    y: top + 62,
    height: 24,
    weight: 4.5,
    colour: '#f7e3b6',
  });
}

function pillar(context: Context, x: number) {
  box(context, paintLight, x, front.top + 104, 34, front.foot - front.top - 104);
  box(context, paintDark, x + 30, front.top + 104, 4, front.foot - front.top - 104);
  box(context, paint, x + 9, front.top + 124, 15, 330);
  box(context, paintDark, x - 4, front.foot - 40, 42, 40);
}

/** A lit window with lamps, shelves and cakes behind the glass. */
function display(context: Context, left: number, width: number) {
  const [top, foot] = [488, 726];
  box(context, '#f4e6cb', left - 8, top - 8, width + 16, foot - top + 16);
  context.fillStyle = gradient(
    context,
    [top, foot],
    [
      [0, '#ffdf9c'],
      [0.5, '#e3a45e'],
      [1, '#8d5433'],
    ],
  );
  context.fillRect(left, top, width, foot - top);
  context.save();
  context.beginPath();
  context.rect(left, top, width, foot - top);
  context.clip();
  const random = randomFrom(left);
  for (const y of [590, 648]) {
    for (let x = left + 14; x < left + width - 10; x += 17 + random() * 7) {
      const height = 22 + random() * 22;
      box(context, hsl(mix(4, 60, random()), 52, mix(28, 70, random())), x, y - height, 13, height);
      box(context, 'rgb(255 240 200 / 0.6)', x + 2, y - height + 3, 3, height - 6);
    }
    box(context, '#6e4025', left, y, width, 8);
  }
  for (let x = left + 40; x < left + width - 20; x += 78) cake(context, x, 716, random());
  box(context, '#5a331f', left, 716, width, 12);
  for (let x = left + 60; x < left + width; x += 118) {
    line(context, '#5b3a24', 3, [
      [x, top],
      [x, top + 34],
    ]);
    shape(context, '#8c3b2d', `M${x - 26} ${top + 54}Q${x} ${top + 14} ${x + 26} ${top + 54}Z`);
    disc(context, '#fffbe3', x, top + 56, 10);
    glow(context, x, top + 58, 90, '255 236 170', 0.75);
  }
  const edge = left + width * 0.55;
  shape(
    context,
    'rgb(255 255 255 / 0.14)',
    `M${edge} ${foot}L${edge + 120} ${top}H${edge + 190}L${edge + 70} ${foot}Z`,
  );
  context.restore();
  const panes = Math.round(width / 140);
  for (let pane = 1; pane < panes; pane++) {
    box(context, '#f4e6cb', left + (pane * width) / panes - 4, top, 8, foot - top);
  }
  box(context, '#f4e6cb', left, 548, width, 6);
  box(context, paintLight, left - 8, 744, width + 16, 56);
  box(context, paintDark, left + 6, 756, width - 12, 34);
  box(context, paint, left + 10, 760, width - 20, 30);
}

function cake(context: Context, x: number, y: number, pick: number) {
  box(context, '#f7efe0', x - 26, y - 8, 52, 5);
  box(context, '#f7efe0', x - 4, y - 5, 8, 7);
  shape(context, pick < 0.5 ? '#b35a3c' : '#f0d7c0', `M${x - 20} ${y - 8}v-24q20 -12 40 0v24Z`);
  disc(context, pick < 0.5 ? '#fbe6cf' : '#c4475a', x, y - 37, 14, 6);
  disc(context, '#9b2335', x, y - 43, 5);
}

function door(context: Context, left: number) {
  const [top, width] = [488, 148];
  box(context, '#8c3b2d', left, top, width, front.foot - top);
  box(context, '#6f2a20', left + width - 5, top, 5, front.foot - top);
  context.fillStyle = gradient(
    context,
    [500, 690],
    [
      [0, '#ffe2a3'],
      [1, '#c98648'],
    ],
  );
  context.fillRect(left + 22, 506, width - 44, 190);
  box(context, '#8c3b2d', left + width / 2 - 4, 506, 8, 190);
  for (const y of [566, 630]) box(context, '#8c3b2d', left + 22, y, width - 44, 7);
  box(context, '#6f2a20', left + 22, 714, width - 44, 82);
  box(context, '#a04a3a', left + 28, 720, width - 56, 70);
  disc(context, gold, left + width - 14, 690, 7);
  box(context, '#fdf5e2', left + 44, 520, 60, 34);
  write(context, 'OPEN', { x: left + 74, y: 545, height: 17, weight: 3.5, colour: '#8c3b2d' });
}

/** Striped cloth over both windows, with a scalloped hem. */
function awning(context: Context) {
  for (const [left, right] of [
    [74, 550],
    [718, 1024],
  ] as const) {
    const count = Math.round((right - left) / 34);
    const width = (right - left) / count;
    for (let stripe = 0; stripe < count; stripe++) {
      const fill = stripe % 2 ? '#f8ecd3' : '#c2503d';
      const [a, b] = [left + stripe * width, left + (stripe + 1) * width];
      const spread = (x: number) => x + (x - (left + right) / 2) * 0.06;
      shape(
        context,
        fill,
        `M${a} 456H${b}L${spread(b)} 530A${width * 0.53} 17 0 0 1 ${spread(a)} 530Z`,
      );
    }
    context.fillStyle = gradient(
      context,
      [456, 550],
      [
        [0, 'rgb(255 240 210 / 0.3)'],
        [0.6, 'rgb(255 240 210 / 0)'],
        [1, 'rgb(70 20 40 / 0.28)'],
      ],
    );
    context.fillRect(left - 14, 456, right - left + 28, 76);
    context.fillStyle = gradient(
      context,
      [546, 610],
      [
        [0, 'rgb(50 20 30 / 0.4)'],
        [1, 'rgb(50 20 30 / 0)'],
      ],
    );
    context.fillRect(left - 14, 548, right - left + 28, 62);
    curve(context, 'rgb(70 30 30 / 0.5)', 3, `M${left} 457H${right}`);
  }
}
