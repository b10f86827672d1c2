import {
  box,
  type Context,
  curve,
  disc,
  glow,
  gradient,
  hsl,
  line,
  randomFrom,
  shape,
} from './tools.ts';

/** The line between water and sky. */
const horizon = 640;
const sunX = 1520;

export function sky(context: Context, seconds: number) {
  context.fillStyle = gradient(
    context,
    [0, horizon],
    [
      [0, '#4f7fb5'],
      [0.35, '#8fb2cd'],
      [0.62, '#e6d3bd'],
      [0.84, '#fbcb93'],
      [1, '#f9ac72'],
    ],
  );
  context.fillRect(-400, 0, 2800, horizon);
  glow(context, sunX, horizon - 50, 620, '255 226 160', 0.85);
  disc(context, '#fff3d2', sunX, horizon - 52, 42);
  clouds(context, seconds);
}

function clouds(context: Context, seconds: number) {
  const random = randomFrom(11);
  for (let bank = 0; bank < 7; bank++) {
    const x = 900 + random() * 1250 - seconds * 5;
    const y = 70 + bank * 62 + random() * 30;
    const length = 150 + random() * 230;
    for (let puff = 0; puff < 16; puff++) {
      const along = random();
      const size = (0.35 + Math.sin(along * Math.PI)) * (11 + random() * 15);
      const shade = bank < 3 ? hsl(28, 60, 93, 0.26) : hsl(24, 90, 82, 0.24);
      disc(context, shade, x + (along - 0.5) * length, y - size * 0.3, size * 2.6, size * 0.62);
    }
  }
}

export function farShore(context: Context) {
  shape(
    context,
    '#a9a3ad',
    `M700 ${horizon}C820 560 930 575 1040 590S1260 560 1370 596S1640 575 1760 604S2100 560 2400 600V${horizon}Z`,
  );
  shape(
    context,
    '#8d8c9d',
    `M1650 ${horizon}C1720 612 1800 600 1880 606S2060 570 2400 580V${horizon}Z`,
  );
}

export function sea(context: Context, seconds: number) {
  context.fillStyle = gradient(
    context,
    [horizon, 830],
    [
      [0, '#f0b98a'],
      [0.18, '#c4a596'],
      [0.55, '#6f8ea0'],
      [1, '#47708a'],
    ],
  );
  context.fillRect(-400, horizon, 2800, 200);
  const random = randomFrom(23);
  for (let glint = 0; glint < 420; glint++) {
    const depth = random() ** 1.4;
    const y = horizon + 4 + depth * 175;
    const inPath = random() < 0.5;
    const x = inPath ? sunX + (random() - 0.5) * (70 + depth * 260) : 900 + random() * 1300;
    const phase = random() * 6.3 + seconds * (2.2 + random() * 2);
    const strength = Math.max(0, Math.sin(phase)) * (inPath ? 0.95 : 0.35);
    const width = 6 + depth * 30 * random();
    context.fillStyle = inPath
      ? `rgb(255 232 180 / ${strength})`
      : `rgb(226 220 214 / ${strength})`;
    context.fillRect(x + Math.sin(phase * 0.5) * 4, y, width, 1.6 + depth * 2.6);
  }
}

export function ferrisWheel(context: Context, seconds: number) {
  const [x, y, radius, cabins] = [1790, 432, 168, 16];
  const turn = seconds * 0.16;
  curve(context, '#6d6276', 7, `M${x} ${y}L${x - 78} ${horizon}M${x} ${y}L${x + 78} ${horizon}`);
  box(context, '#6d6276', x - 120, horizon - 12, 240, 14);
  for (const rim of [radius, radius - 16]) {
    context.strokeStyle = '#7b6c80';
    context.lineWidth = 4;
    context.beginPath();
    context.arc(x, y, rim, 0, 2 * Math.PI);
    context.stroke();
  }
  const hues = [8, 42, 176, 214];
  for (let cabin = 0; cabin < cabins; cabin++) {
    const angle = turn + (cabin / cabins) * 2 * Math.PI;
    const [cx, cy] = [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
    line(context, '#85758a', 2.6, [
      [x, y],
      [cx, cy],
    ]);
    context.fillStyle = hsl(hues[cabin % hues.length] ?? 0, 55, 58);
    context.beginPath();
    context.roundRect(cx - 12, cy + 2, 24, 22, [4, 4, 11, 11]);
    context.fill();
    box(context, '#fbe3b4', cx - 8, cy + 7, 16, 7);
  }
  disc(context, '#5f5568', x, y, 13);
}

export function sailBoat(context: Context, seconds: number) {
  context.save();
  context.translate(1290 + seconds * 9, horizon + 44 + Math.sin(seconds * 2) * 2);
  context.rotate(Math.sin(seconds * 1.7) * 0.025);
  shape(context, '#fdf1dc', 'M4 -10V-150C50 -110 66 -50 70 -14Z');
  shape(context, '#e9d3b8', 'M-6 -12V-128C-34 -90 -46 -50 -50 -16Z');
  line(context, '#6b4a3a', 4, [
    [0, 0],
    [0, -156],
  ]);
  shape(context, '#9b3f37', 'M-62 -6H80L58 20H-44Z');
  box(context, '#f2e2cb', -58, -8, 134, 6);
  context.restore();
}

export function gulls(context: Context, seconds: number) {
  for (const [x, y, size, phase] of [
    [1240, 190, 30, 0],
    [1345, 130, 22, 1.4],
    [1420, 235, 18, 2.7],
  ] as const) {
    const flap = Math.sin(seconds * 7 + phase) * 0.45;
    const lift = size * flap;
    const at = `${x + seconds * 42} ${y - seconds * 8}`;
    curve(
      context,
      '#f7efe4',
      4,
      `M${at}q${-size * 0.5} ${-lift - size * 0.3} ${-size} ${-lift * 0.6}M${at}q${size * 0.5} ${-lift - size * 0.3} ${size} ${-lift * 0.6}`,
    );
  }
}
