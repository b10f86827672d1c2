import { expect, it } from 'vitest';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { parseJobSpec } from './job-spec.ts';

const output = { container: 'mp4', codec: 'avc' };
const spec = { version: 1, enhance: {}, output };
const withTarget = (target: object) => ({ ...spec, enhance: { target } });

const wrong = [
  [{ ...spec, output: { ...output, quality: 101 } }, 'output.quality', 'at most 100'],
  [{ ...spec, trim: { startSeconds: -1 } }, 'trim.startSeconds', 'at least 0'],
  [{ ...spec, trim: { startSeconds: 3, endSeconds: 1 } }, 'trim', 'a start before the end'],
  [
    { ...spec, output: { ...output, container: 'x' } },
    'output.container',
    'one of mp4, mov, mkv, webm',
  ],
  [withTarget({ kind: 'x' }), 'enhance.target.kind', 'one of factor, box, size'],
  [withTarget({ kind: 'size' }), 'enhance.target', 'a width, a height, or both'],
  [withTarget({ kind: 'size', width: 99.5 }), 'enhance.target.width', 'a whole number'],
  [{ ...spec, output: { ...output, quality: '7' } }, 'output.quality', 'of the type number'],
  [{ ...spec, colour: 1 }, 'spec', 'without colour, which is not known'],
] as const;

it.each(wrong)(
  'app 3.70 a wrong setting is named, and what it must be: case %#',
  (...[given, option, mustBe]) => {
    const parse = () => parseJobSpec(given);
    expect(parse).toThrow(ClearReelError);
    expect(parse).toThrow(`The setting ${option} is not valid: it must be ${mustBe}.`);
  },
);
