import { describe, expect, test } from 'vitest';
import { ebmlElements, ebmlId, ebmlPath } from '../matroska/ebml.ts';
import { correctMatroskaHeader, hideCodecDelay } from './matroska-header.ts';

const { segment, tracks, trackEntry, codecId, codecPrivate, codecDelay, seekPreRoll } = ebmlId;
const { tags, tag, targets, targetType } = ebmlId;

const bytesOf = (value: number): number[] =>
  value < 256 ? [value] : [...bytesOf(Math.floor(value / 256)), value % 256];

const element = (id: number, data: readonly number[]): number[] => [
  ...bytesOf(id),
  ...[0x40 | (data.length >> 8), data.length & 0xff],
  ...data,
];
const short = (id: number, data: readonly number[]) => [
  ...bytesOf(id),
  0x80 | data.length,
  ...data,
];
const text = (value: string) => [...new TextEncoder().encode(value)];

const opusHead = [...text('OpusHead'), 1, 2, 312 & 0xff, 312 >> 8, 0, 0, 0, 0, 0, 0, 0];

const header = (codec: string, preRoll: readonly number[]) =>
  Uint8Array.from(
    element(segment, [
      ...element(
        tracks,
        element(trackEntry, [
          ...short(codecId, text(codec)),
          ...short(codecPrivate, opusHead),
          ...short(seekPreRoll, preRoll),
        ]),
      ),
      ...element(tags, element(tag, element(targets, short(targetType, text('MOVIE'))))),
    ]),
  );

const uintAt = (bytes: Uint8Array, path: readonly number[]) => {
  const [found] = ebmlPath(bytes, path);
  if (!found) return null;
  return [...bytes.subarray(found.dataStart, found.dataEnd)].reduce(
    (sum, byte) => sum * 256 + byte,
    0,
  );
};

const entry = [segment, tracks, trackEntry];
const preSkipNanoseconds = 6_500_000;

describe('12.4.8 the header of Matroska', () => {
  test.each([
    ['mediabunny, the pre-skip', bytesOf(preSkipNanoseconds)],
    ['ffmpeg, 80 ms', bytesOf(80_000_000)],
  ])(
    'gives Opus its pre-skip as CodecDelay, where a muxer wrote a SeekPreRoll (%s)',
    (_, written) => {
      const bytes = header('A_OPUS', written);
      correctMatroskaHeader(bytes);
      expect(uintAt(bytes, [...entry, codecDelay])).toBe(preSkipNanoseconds);
      expect(uintAt(bytes, [...entry, seekPreRoll])).toBeNull();
    },
  );

  test('leaves other codecs alone', () => {
    const bytes = header('A_AAC', [1, 2, 3]);
    correctMatroskaHeader(bytes);
    expect(uintAt(bytes, [...entry, codecDelay])).toBeNull();
  });

  test('names no target of tags that readers would take for a part of the name', () => {
    const bytes = header('A_OPUS', [1]);
    correctMatroskaHeader(bytes);
    expect([...ebmlPath(bytes, [segment, tags, tag, targets, targetType])]).toEqual([]);
    const [inside] = ebmlPath(bytes, [segment, tags, tag, targets]);
    const children = ebmlElements(bytes, inside?.dataStart, inside?.dataEnd);
    expect([...children].map(({ id }) => id)).toEqual([ebmlId.void]);
  });

  test('can be taken back for a remux', () => {
    const bytes = header('A_OPUS', bytesOf(preSkipNanoseconds));
    correctMatroskaHeader(bytes);
    hideCodecDelay(bytes);
    expect(uintAt(bytes, [...entry, seekPreRoll])).toBe(preSkipNanoseconds);
  });
});
