import { box, type Context, gradient, hsl, mix, randomFrom, shape } from './tools.ts';

const top = 822;
const rows = 13;

/** Where the ground of a row of stones lies, nearer rows being higher and moving faster. */
const rowTop = (row: number) => 872 + (1090 - 872) * (row / rows) ** 1.45;

/** @param pan how far the camera has gone, in pixels at the house. */
export function street(context: Context, pan: number) {
  context.fillStyle = gradient(
    context,
    [top, 872],
    [
      [0, '#b99a86'],
      [1, '#d8bb9c'],
    ],
  );
  context.fillRect(0, top, 1920, 50);
  slabs(context, pan);
  setts(context, pan);
  box(context, '#efdcbd', 0, 862, 1920, 9);
  box(context, '#8d7268', 0, 871, 1920, 9);
  longLight(context);
}

function slabs(context: Context, pan: number) {
  context.strokeStyle = 'rgb(110 80 75 / 0.5)';
  context.lineWidth = 2.5;
  context.beginPath();
  for (let x = -300; x < 2600; x += 96) {
    context.moveTo(x - pan, top);
    context.lineTo(960 + (x - pan - 960) * 1.06, 862);
  }
  context.moveTo(0, 840);
  context.lineTo(1920, 840);
  context.stroke();
}

function setts(context: Context, pan: number) {
  box(context, '#6d5a5c', 0, 876, 1920, 210);
  for (let row = 0; row < rows; row++) {
    const random = randomFrom(300 + row);
    const [y, next] = [rowTop(row), rowTop(row + 1)];
    const height = next - y;
    const scale = mix(1.04, 1.45, row / rows);
    const width = 52 * scale;
    const shift = row % 2 ? width / 2 : 0;
    for (let stone = 0; stone < 60; stone++) {
      const x = 960 + (stone * 52 + (row % 2) * 26 - 900 - pan) * scale;
      const [hue, light, wear] = [random(), random(), random()];
      if (x > 1960 + shift || x < -width - 40) continue;
      context.fillStyle = hsl(mix(14, 40, hue), mix(10, 22, wear), mix(46, 64, light));
      context.beginPath();
      context.roundRect(x + 2, y + 1.5, width - 4, height - 3, height * 0.3);
      context.fill();
      box(
        context,
        `rgb(255 226 180 / ${0.16 + 0.3 * light})`,
        x + 7,
        y + 2.5,
        width - 14,
        height * 0.2,
      );
    }
  }
}

function longLight(context: Context) {
  context.fillStyle = gradient(
    context,
    [0, 1920],
    [
      [0, 'rgb(50 30 80 / 0.34)'],
      [0.55, 'rgb(80 40 70 / 0.1)'],
      [1, 'rgb(255 190 110 / 0.26)'],
    ],
    true,
  );
  context.fillRect(0, top, 1920, 270);
  context.fillStyle = gradient(
    context,
    [960, 1080],
    [
      [0, 'rgb(40 20 60 / 0)'],
      [1, 'rgb(40 20 60 / 0.3)'],
    ],
  );
  context.fillRect(0, 960, 1920, 120);
}

/** The railing along the water, from the house's corner on. */
export function railing(context: Context) {
  box(context, '#b99a86', 1130, 800, 1500, 30);
  for (let x = 1150; x < 2600; x += 24) box(context, '#2b3f4c', x, 690, 5, 116);
  for (let x = 1146; x < 2600; x += 192) {
    box(context, '#22343f', x - 4, 670, 16, 142);
    shape(context, '#22343f', `M${x - 9} 672h26l-13 -22Z`);
  }
  box(context, '#2b3f4c', 1136, 684, 1500, 10);
  box(context, 'rgb(255 214 150 / 0.75)', 1136, 683, 1500, 3);
  box(context, '#2b3f4c', 1136, 778, 1500, 8);
}
