import { describe, expect, test } from 'vitest';
import type { VideoFacts } from '../media/facts.ts';
import { parseJobSpec } from './job-spec.ts';
import { resultColour, sdrTags } from './result-colour.ts';

const untagged = { primaries: null, transfer: null, matrix: null, fullRange: null };
const wide = { primaries: 'bt2020', transfer: 'pq', matrix: 'bt2020-ncl', fullRange: false };

const video = (facts: Partial<VideoFacts>): VideoFacts => ({
  ...{ codec: 'hevc', width: 1920, height: 1080, rotation: 0, flip: false },
  ...{ pixelAspect: { num: 1, den: 1 }, colour: untagged, hdr: false, bitDepth: 8 },
  ...{ hasAlpha: false, languageCode: 'und', name: null },
  ...{ averageFrameRate: 25, constantFrameRate: 25 },
  ...facts,
});
const hdr10 = video({ hdr: true, bitDepth: 10, colour: wide });

const spec = (codec: string, hdr?: string) =>
  parseJobSpec({ version: 1, enhance: {}, output: { container: 'mp4', codec, hdr } });

describe('server 1.13 depth and colours of the result', () => {
  test('8-bit sources give 8 bits of BT.709', () => {
    expect(resultColour(video({}), spec('hevc'), true)).toEqual({ bitDepth: 8, tags: sdrTags });
  });

  test('10-bit sources keep their depth and colours in a codec that players show so', () => {
    const colour = { ...untagged, matrix: 'smpte170m' };
    const source = video({ bitDepth: 10, height: 480, colour });
    const tags = {
      ...{ primaries: 'smpte170m', transfer: 'smpte170m', matrix: 'smpte170m', fullRange: false },
    };
    expect(resultColour(source, spec('hevc'), true)).toEqual({ bitDepth: 10, tags });
    expect(resultColour(source, spec('avc'), true)).toEqual({ bitDepth: 8, tags: sdrTags });
    expect(resultColour(source, spec('hevc'), false)).toEqual({ bitDepth: 8, tags: sdrTags });
  });

  test('HDR is kept unless the spec says otherwise', () => {
    expect(resultColour(hdr10, spec('av1'), true)).toEqual({ bitDepth: 10, tags: wide });
    expect(resultColour(hdr10, spec('av1', 'convert'), true)).toEqual({
      ...{ bitDepth: 8, tags: sdrTags },
    });
  });

  test.each([
    ['hevc', 'keep', false, 'SOURCE_HDR'],
    ['hevc', 'refuse', true, 'SOURCE_HDR'],
    ['avc', 'keep', true, 'CODEC_HDR'],
  ])('HDR in %s with %s, kept by the host: %s, is refused with %s', (codec, hdr, keeps, code) => {
    const refused = () => resultColour(hdr10, spec(codec, hdr), keeps);
    expect(refused).toThrow(expect.objectContaining({ code }));
  });
});
