import { z } from 'zod';

/**
 * What the scripted worker does, read from the uploaded file. A place is `begin`, `<index> made`, `<index> stored`,
 * `<index> recorded`, `join` or `result`.
 */
export const scriptSchema = z.object({
  segments: z.number().int(),
  /** Where it does something wrong, and for how many attempts. */
  at: z.string().default(''),
  attempts: z.number().int().default(1),
  how: z
    .enum([
      'hold',
      'hold deaf',
      'exit',
      'out of memory',
      'freeze',
      'fail',
      'nonsense',
      'wait',
      'finish twice',
    ])
    .default('hold'),
  code: z.string().default('INFERENCE_FAILED'),
  segmentMs: z.number().default(0),
});

export type Script = z.input<typeof scriptSchema>;

/** In the work folder, by the attempt that is at the script's place; one that waits goes on once `goName` is there. */
export const heldName = 'held';
export const goName = 'go';

/** Every place of a script, in the order in which a worker comes to them. */
export const placesOf = (segments: number): readonly string[] => [
  'begin',
  ...Array.from({ length: segments }, (_, index) =>
    ['made', 'stored', 'recorded'].map((what) => `${index} ${what}`),
  ).flat(),
  'join',
  'result',
];

export const segmentText = (index: number) => `segment ${index}\n`;

export const resultText = (segments: number) =>
  Array.from({ length: segments }, (_, index) => segmentText(index)).join('');
