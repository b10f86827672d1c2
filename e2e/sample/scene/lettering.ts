import type { Context } from './tools.ts';

/**
 * The capitals that the signs need, drawn for this project with strokes of one width. A letter is 100 high; its
 * width stands beside its strokes.
 */
const letters: Record<string, readonly [width: number, strokes: string]> = {
  A: [78, 'M2 100L39 0L76 100M15 66H63'],
  C: [68, 'M66 16A37 50 0 1 0 66 84'],
  E: [60, 'M56 0H8V100H56M8 48H48'],
  É: [60, 'M56 0H8V100H56M8 48H48M26 -16L44 -34'],
  F: [56, 'M54 0H8V100M8 48H46'],
  I: [16, 'M8 0V100'],
  L: [54, 'M8 0V100H52'],
  M: [94, 'M6 100L14 0L47 74L80 0L88 100'],
  N: [76, 'M8 100V0L68 100V0'],
  O: [90, 'M45 0A41 50 0 1 0 45 100A41 50 0 1 0 45 0Z'],
  P: [62, 'M8 100V0H34A28 28 0 0 1 34 56H8'],
  S: [
    64,
    'M56 17C52 6 44 0 32 0C18 0 8 9 8 23C8 40 21 45 33 49C47 54 59 60 59 75C59 91 47 100 33 100C19 100 9 94 5 81',
  ],
  U: [74, 'M8 0V64A29 36 0 0 0 66 64V0'],
  1: [40, 'M8 20L28 0V100'],
  5: [62, 'M54 0H16L11 44C18 38 25 36 32 36A29 32 0 0 1 32 100C18 100 9 93 5 82'],
  9: [64, 'M58 32A26 32 0 1 0 6 32A26 32 0 1 0 58 32V40C58 75 45 100 18 100'],
  ' ': [34, ''],
};

const spacing = 20;

function letterOf(character: string) {
  const letter = letters[character];
  if (!letter) throw new Error(`the sign's letters have no ${character}`);
  return letter;
}

/** Writes centred on `x`, with the capitals' feet on `y`. */
export function write(
  context: Context,
  text: string,
  at: { x: number; y: number; height: number; weight: number; colour: string },
) {
  const scale = at.height / 100;
  const all = [...text].map(letterOf);
  const width = all.reduce((sum, [letterWidth]) => sum + letterWidth + spacing, -spacing);
  context.save();
  context.translate(at.x - (width * scale) / 2, at.y - at.height);
  context.scale(scale, scale);
  context.strokeStyle = at.colour;
  context.lineWidth = at.weight / scale;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const [letterWidth, strokes] of all) {
    context.stroke(new Path2D(strokes));
    context.translate(letterWidth + spacing, 0);
  }
  context.restore();
}
