import { upperWindows } from './house.ts';
import { box, type Context, disc, hsl, line, mix, randomFrom } from './tools.ts';

/** A gust that travels over the scene from the sea. */
const wind = (x: number, seconds: number) =>
  Math.sin(seconds * 2.3 - x * 0.004) + 0.5 * Math.sin(seconds * 5.1 + x * 0.011);

function leaf(context: Context, fill: string, x: number, y: number, size: number, angle: number) {
  context.fillStyle = fill;
  context.beginPath();
  context.ellipse(x, y, size, size * 0.42, angle, 0, 2 * Math.PI);
  context.fill();
}

interface Blossoms {
  readonly x: number;
  readonly y: number;
  /** Half the plant's width. */
  readonly width: number;
  readonly hang: number;
  readonly leaves: number;
  readonly blooms: number;
  readonly hues: readonly [number, number];
}

/** Leaves hanging over an edge, and flowers among them. */
export function blossoms(context: Context, plant: Blossoms, seconds: number) {
  const { x: centre, y: top, width, hang, leaves, blooms, hues } = plant;
  const random = randomFrom(centre);
  for (let each = 0; each < leaves; each++) {
    const along = random() * 2 - 1;
    const drop = random();
    const sway = wind(centre + along * width, seconds) * 3 * (0.3 + drop);
    const x = centre + along * width + sway;
    const y = top + drop * hang * (1 - along * along * 0.4) + random() * 10;
    const fill = hsl(mix(95, 135, random()), mix(28, 45, random()), mix(24, 46, 1 - drop * 0.7));
    leaf(context, fill, x, y, 11, random() * 3);
  }
  for (let bloom = 0; bloom < blooms; bloom++) {
    const x = centre + (random() * 2 - 1) * width;
    const y = top - 8 + random() * hang * 0.94;
    const sway = wind(x, seconds) * 3.6;
    const hue = random() < 0.6 ? hues[0] : hues[1];
    disc(context, hsl(hue, 68, 50), x + sway, y, 9, 8);
    disc(context, hsl(hue, 82, 68), x + sway + 2, y - 3, 5, 4);
  }
}

/** Geraniums hang over the sills of the upper windows. */
export function flowerBoxes(context: Context, seconds: number) {
  for (const x of upperWindows) {
    blossoms(
      context,
      { x, y: 214, width: 104, hang: 62, leaves: 150, blooms: 34, hues: [352, 330] },
      seconds,
    );
  }
}

/** Small bay trees in tubs on both sides of the door. */
export function tubs(context: Context, seconds: number) {
  for (const x of [540, 724]) {
    const random = randomFrom(x);
    box(context, '#5a3b2a', x - 4, 700, 8, 100);
    for (let each = 0; each < 260; each++) {
      const angle = random() * 6.283;
      const radius = Math.sqrt(random()) * 46;
      const [dx, dy] = [Math.cos(angle) * radius, Math.sin(angle) * radius * 1.05];
      const lit = (dx - dy + 60) / 120;
      const sway = wind(x + dx, seconds) * 2;
      const fill = hsl(mix(82, 120, random()), 38, mix(20, 50, lit * (0.6 + 0.4 * random())));
      leaf(context, fill, x + dx + sway, 668 + dy, 9, random() * 3);
    }
    box(context, '#c98a5c', x - 32, 782, 64, 54);
    box(context, '#e0a577', x - 37, 776, 74, 13);
    box(context, 'rgb(80 30 20 / 0.3)', x - 32, 790, 20, 46);
  }
}

/** Branches of a plane tree reach into the picture from above, close to the camera. */
export function branches(context: Context, seconds: number) {
  const random = randomFrom(900);
  for (let twig = 0; twig < 17; twig++) {
    const startX = 1560 + twig * 42;
    const reach = 70 + random() * 150 + (twig / 17) * 60;
    const lean = -30 - random() * 120;
    const sway = wind(startX, seconds) * 9;
    const at = (part: number): [number, number] => [
      startX + lean * part + sway * part * part,
      -30 + reach * part + 14 * part * part,
    ];
    line(
      context,
      '#4d3a30',
      5,
      Array.from({ length: 9 }, (_, step) => at(step / 8)),
    );
    for (let each = 0; each < 46; each++) {
      const [x, y] = at(random());
      const flutter = wind(x * 3 + each * 90, seconds * 1.6) * 0.35;
      const fill = hsl(mix(62, 112, random()), mix(36, 58, random()), mix(24, 52, random()));
      const [dx, dy] = [(random() - 0.5) * 62, (random() - 0.3) * 46];
      leaf(context, fill, x + dx, y + dy, 12 + random() * 9, mix(0.2, 2.6, random()) + flutter);
    }
  }
}

/** Grass and lavender at the camera's feet. */
export function grasses(context: Context, seconds: number, patches: readonly number[]) {
  const random = randomFrom(41);
  for (const patch of patches) {
    for (let blade = 0; blade < 120; blade++) {
      const x = patch + (random() + random() - 1) * 210;
      const height = 60 + random() * 130;
      const lean = (random() - 0.5) * 70 + wind(x, seconds) * 15 * (height / 150);
      const colour = hsl(
        mix(60, 105, random()),
        mix(28, 46, random()),
        mix(20, 56, random() ** 1.3),
      );
      const points = Array.from({ length: 8 }, (_, step) => {
        const part = step / 7;
        return [x + lean * part * part, 1096 - height * part] as const;
      });
      line(context, colour, 4.5, points);
      if (blade % 4 > 0) continue;
      for (let bud = 0; bud < 9; bud++) {
        const part = 1 + (bud - 7) * 0.05;
        const side = bud % 2 ? 5 : -5;
        disc(
          context,
          hsl(mix(262, 285, random()), 42, mix(48, 70, random())),
          x + lean * part * part + side,
          1096 - height * part,
          6,
          7,
        );
      }
    }
  }
}
