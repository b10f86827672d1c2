import { shopFront } from './shop-front.ts';
import { box, type Context, curve, gradient, hsl, mix, randomFrom, shape } from './tools.ts';

/** The wall's extent; the street begins at its foot. */
const wall = { left: -160, right: 1130, foot: 822 } as const;
const brick = { width: 68, height: 25, joint: 5 } as const;

/** Everything of the house that stands still. */
export function house(context: Context) {
  bricks(context);
  cornerStones(context);
  for (const x of upperWindows) upperWindow(context, x);
  stringCourse(context);
  shopFront(context);
}

/** Centres of the windows above the shop. */
export const upperWindows = [120, 520, 920] as const;

function bricks(context: Context) {
  const { left, right, foot } = wall;
  box(context, '#c9a98c', left, -60, right - left, foot + 60);
  context.save();
  context.beginPath();
  context.rect(left, -60, right - left, foot + 60);
  context.clip();
  const random = randomFrom(5);
  let row = 0;
  for (let y = -60; y < foot; y += brick.height) {
    const shift = row++ % 2 ? brick.width / 2 : 0;
    for (let x = left - shift; x < right; x += brick.width) {
      const tone = random();
      const fill = hsl(mix(8, 20, random()), mix(34, 50, random()), mix(38, 55, tone));
      const [w, h] = [brick.width - brick.joint, brick.height - brick.joint];
      box(context, fill, x, y, w, h);
      box(context, `rgb(255 225 190 / ${0.1 + 0.14 * random()})`, x, y, w, 4);
      box(context, 'rgb(60 20 20 / 0.18)', x, y + h - 3, w, 3);
    }
  }
  context.fillStyle = gradient(
    context,
    [left, right],
    [
      [0, 'rgb(60 40 80 / 0.34)'],
      [0.6, 'rgb(90 50 60 / 0.1)'],
      [1, 'rgb(255 190 110 / 0.3)'],
    ],
    true,
  );
  context.fillRect(left, -60, right - left, foot + 60);
  context.restore();
}

function cornerStones(context: Context) {
  let long = false;
  for (let y = -50; y < wall.foot; y += 62) {
    long = !long;
    const width = long ? 84 : 56;
    box(context, long ? '#ead9bd' : '#e2cfb2', wall.right - width, y, width + 6, 58);
    box(context, 'rgb(110 80 60 / 0.35)', wall.right - width, y + 54, width + 6, 4);
    box(context, 'rgb(255 246 220 / 0.8)', wall.right - width, y, width + 6, 4);
  }
}

function upperWindow(context: Context, x: number) {
  const [top, width, height] = [10, 172, 236];
  const left = x - width / 2;
  box(context, '#e9d8bb', left - 26, top - 44, width + 52, 30);
  box(context, '#cbb493', left - 26, top - 18, width + 52, 5);
  for (const side of [-1, 1])
    shutter(context, side < 0 ? left - 92 : left + width + 14, top, height);
  box(context, '#f7efe0', left - 12, top - 10, width + 24, height + 20);
  context.fillStyle = gradient(
    context,
    [top, top + height],
    [
      [0, '#6f93ad'],
      [0.45, '#c9c4b4'],
      [1, '#f4c78e'],
    ],
  );
  context.fillRect(left, top, width, height);
  shape(
    context,
    'rgb(255 255 255 / 0.22)',
    `M${left + 20} ${top + height}L${left + 120} ${top}H${left + 160}L${left + 60} ${top + height}Z`,
  );
  for (const side of [0, 1]) {
    const edge = side ? left + width : left;
    const inward = side ? -1 : 1;
    shape(
      context,
      'rgb(255 250 238 / 0.85)',
      `M${edge} ${top}h${inward * 66}q${-inward * 8} 110 ${-inward * 46} ${height}h${-inward * 20}Z`,
    );
    for (let fold = 1; fold < 5; fold++) {
      curve(
        context,
        'rgb(170 140 120 / 0.5)',
        2.5,
        `M${edge + inward * fold * 12} ${top}q${-inward * 3} 120 ${-inward * fold * 8} ${height}`,
      );
    }
  }
  box(context, '#f7efe0', x - 5, top, 10, height);
  for (const y of [top + 78, top + 156]) box(context, '#f7efe0', left, y - 4, width, 8);
  box(context, '#eadabd', left - 28, top + height + 8, width + 56, 18);
  box(context, 'rgb(60 30 30 / 0.35)', left - 24, top + height + 26, width + 48, 8);
}

function shutter(context: Context, left: number, top: number, height: number) {
  box(context, '#3f7168', left, top - 6, 78, height + 14);
  box(context, 'rgb(20 40 40 / 0.4)', left + 74, top - 6, 5, height + 14);
  for (let y = top + 8; y < top + height - 6; y += 13) {
    if (Math.abs(y - top - 118) < 12) continue;
    box(context, '#2c5650', left + 9, y, 60, 6);
    box(context, '#6b9c90', left + 9, y + 6, 60, 3);
  }
}

function stringCourse(context: Context) {
  const width = wall.right - wall.left + 14;
  box(context, '#efdfc2', wall.left, 300, width, 24);
  box(context, '#d8c19d', wall.left, 324, width, 10);
  box(context, 'rgb(60 30 30 / 0.3)', wall.left, 334, width, 9);
  for (let x = wall.left + 10; x < wall.right; x += 30) box(context, '#d2b993', x, 306, 15, 12);
}
