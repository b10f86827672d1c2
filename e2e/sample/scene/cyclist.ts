import { bicycle, pedalAt, wheelRadius } from './bicycle.ts';
import {
  type Context,
  curve,
  disc,
  hsl,
  line,
  mix,
  type Point,
  randomFrom,
  shape,
} from './tools.ts';

const skin = '#c98962';
const coat = '#e0a33a';
const coatShade = '#b97a22';
const trousers = '#2f4468';
const hip: Point = [74, -214];
const shoulder: Point = [128, -372];
const grip: Point = [238, -262];

/** A woman on her way home; `travelled` turns the wheels, one pedal turn for two of theirs. */
export function cyclist(context: Context, travelled: number, seconds: number) {
  const wheelTurn = travelled / wheelRadius;
  const pedalTurn = wheelTurn / 2 + 0.9;
  const bob = Math.sin(pedalTurn * 2) * 2.5;
  leg(context, pedalTurn + Math.PI, '#22334f');
  arm(context, coatShade, bob, 12);
  bicycle(context, wheelTurn, pedalTurn, seconds);
  context.save();
  context.translate(0, bob);
  hairAndScarf(context, seconds);
  torso(context);
  head(context);
  context.restore();
  leg(context, pedalTurn, trousers);
  arm(context, coat, bob, 0);
}

/** The knee of two equal bones between the points, bent forwards. */
function joint(from: Point, to: Point, bone: number, forwards: number): Point {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const distance = Math.min(Math.hypot(dx, dy), 2 * bone - 0.5);
  const out = Math.sqrt(bone ** 2 - (distance / 2) ** 2) * forwards;
  const scale = 1 / Math.hypot(dx, dy);
  return [(from[0] + to[0]) / 2 + dy * scale * out, (from[1] + to[1]) / 2 - dx * scale * out];
}

function leg(context: Context, pedalTurn: number, colour: string) {
  const pedal = pedalAt(pedalTurn);
  const ankle: Point = [pedal[0] - 12, pedal[1] - 26];
  const knee = joint(hip, ankle, 132, 1);
  line(context, colour, 50, [hip, knee]);
  line(context, colour, 36, [knee, [mix(knee[0], ankle[0], 0.82), mix(knee[1], ankle[1], 0.82)]]);
  line(context, skin, 17, [[mix(knee[0], ankle[0], 0.85), mix(knee[1], ankle[1], 0.85)], ankle]);
  const [x, y] = pedal;
  shape(context, '#7a3424', `M${x - 30} ${y - 4}v-30q14 -6 24 2q10 14 40 18q8 4 6 12Z`);
  line(context, '#f2e5cf', 5, [
    [x - 30, y - 2],
    [x + 40, y - 2],
  ]);
}

function arm(context: Context, colour: string, bob: number, back: number) {
  const from: Point = [shoulder[0] + 4 + back, shoulder[1] + 22 + bob];
  const elbow = joint(from, [grip[0] - 14, grip[1] - 6], 84, -1);
  line(context, colour, 34, [from, elbow]);
  line(context, colour, 27, [elbow, [grip[0] - 26, grip[1] - 9]]);
  line(context, skin, 18, [
    [grip[0] - 18, grip[1] - 7],
    [grip[0] + back / 2, grip[1] - 4],
  ]);
}

function torso(context: Context) {
  shape(
    context,
    coat,
    'M102 -400C140 -408 166 -386 164 -350C160 -300 142 -260 128 -196L28 -182C30 -226 46 -262 60 -304C72 -344 78 -390 102 -400Z',
  );
  shape(context, coatShade, 'M60 -304C46 -262 30 -226 28 -182L62 -187C60 -240 70 -300 84 -350Z');
  shape(
    context,
    '#f1bd5c',
    'M150 -392C168 -380 166 -350 162 -330C156 -300 146 -268 136 -228L126 -226C138 -280 150 -330 150 -392Z',
  );
  line(context, '#7b4d17', 6, [
    [44, -240],
    [140, -252],
  ]);
  for (const y of [-340, -300, -226]) disc(context, '#7b4d17', 128 + (y + 226) * -0.13, y, 5);
}

function head(context: Context) {
  line(context, '#b5774f', 30, [
    [130, -396],
    [138, -424],
  ]);
  disc(context, skin, 150, -452, 42, 45);
  shape(context, skin, 'M186 -462Q204 -448 190 -440Q190 -418 166 -412Z');
  disc(context, 'rgb(226 132 104 / 0.45)', 168, -438, 10, 7);
  line(context, '#3a2219', 4, [
    [166, -471],
    [178, -470],
  ]);
  disc(context, '#2e1a14', 175, -460, 4, 5);
  curve(context, '#8c4a3a', 3.5, 'M176 -426q7 2 12 -3');
  shape(
    context,
    '#5a2c1c',
    'M186 -474C178 -476 160 -470 150 -452C146 -440 140 -432 130 -424C108 -430 100 -456 110 -478C124 -504 176 -506 186 -474Z',
  );
  shape(context, '#3f7168', 'M104 -470C98 -520 180 -534 192 -480C164 -490 132 -488 104 -470Z');
  curve(context, '#2c5650', 7, 'M104 -470C132 -488 164 -490 194 -479');
  disc(context, '#2c5650', 146, -516, 7);
}

/** Loose ends that the ride blows back. */
function hairAndScarf(context: Context, seconds: number) {
  const random = randomFrom(61);
  for (let strand = 0; strand < 42; strand++) {
    const root = random();
    const [phase, length] = [random() * 1.6, mix(70, 128, random())];
    const points = Array.from({ length: 9 }, (_, step) => {
      const part = step / 8;
      const wave = Math.sin(seconds * 8 - part * 4 + phase) * 12 * part;
      return [126 - length * part - root * 10, -478 + root * 58 + part * part * 46 + wave] as const;
    });
    line(context, hsl(mix(12, 24, random()), 52, mix(16, 38, random())), 3.4, points);
  }
  for (const [fill, phase] of [
    ['#8e2738', 0.9],
    ['#c23b4b', 0],
  ] as const) {
    const edge = (offset: number) =>
      Array.from({ length: 11 }, (_, step) => {
        const part = step / 10;
        const wave = Math.sin(seconds * 9 - part * 5.2 + phase) * 17 * part;
        return `${118 - part * 122} ${-404 + offset + part * 14 + wave}`;
      });
    shape(context, fill, `M${[...edge(-13), ...edge(13).reverse()].join('L')}Z`);
    for (const stripe of [7, 8, 9]) {
      const [top, foot] = [edge(-13)[stripe], edge(13)[stripe]];
      curve(context, '#f3dcc0', 4, `M${top}L${foot}`);
    }
  }
  curve(context, '#c23b4b', 30, 'M110 -398Q134 -388 156 -402');
  curve(context, '#8e2738', 3, 'M104 -392Q132 -378 160 -396');
}
