import { describe, expect, test } from 'vitest';
import { audioOffsetSeconds, probe, subtitlesOf } from '../reference/index.ts';
import { clip } from './index.ts';

const twoChapters = [
  { startSeconds: 0, endSeconds: 1.5, title: 'First half' },
  { startSeconds: 1.5, endSeconds: 3, title: 'Second half' },
];

describe('clips', () => {
  test('everything-mkv has AAC eng and Opus deu with titles and dispositions', async () => {
    expect((await probe(await clip('everything-mkv'))).audio).toMatchObject([
      { codec: 'aac', language: 'eng', title: 'Main', dispositions: ['default'] },
      { codec: 'opus', language: 'deu', title: 'Kommentar', dispositions: ['comment'] },
    ]);
  });

  test('everything-mkv has two SRT tracks and a forced ASS track', async () => {
    expect((await probe(await clip('everything-mkv'))).subtitles).toMatchObject([
      { codec: 'subrip', language: 'eng', title: 'Dialogue', dispositions: [] },
      { codec: 'subrip', language: 'deu', dispositions: [] },
      { codec: 'ass', language: 'eng', title: 'Signs', dispositions: ['forced'] },
    ]);
  });

  test('everything-mp4 has AAC eng and AAC deu', async () => {
    expect((await probe(await clip('everything-mp4'))).audio).toMatchObject([
      { codec: 'aac', language: 'eng', dispositions: ['default'] },
      { codec: 'aac', language: 'deu', dispositions: [] },
    ]);
  });

  test('everything-mp4 starts its second audio track 0.23 s late', async () => {
    const path = await clip('everything-mp4');
    expect(await audioOffsetSeconds(path, 0)).toBeCloseTo(0, 3);
    expect(await audioOffsetSeconds(path, 1)).toBeCloseTo(0.228, 3);
  });

  test('everything-mp4 has two mov_text tracks', async () => {
    expect((await probe(await clip('everything-mp4'))).subtitles).toMatchObject([
      { codec: 'mov_text', language: 'eng' },
      { codec: 'mov_text', language: 'deu' },
    ]);
  });

  test.each(['everything-mkv', 'everything-mp4'])('%s has two chapters', async (name) => {
    expect((await probe(await clip(name))).chapters).toEqual(twoChapters);
  });

  test.each(['everything-mkv', 'everything-mp4'])('%s has a 48×48 cover', async (name) => {
    expect((await probe(await clip(name))).covers).toMatchObject([{ width: 48, height: 48 }]);
  });

  test.each(['everything-mkv', 'everything-mp4'])('%s has tags', async (name) => {
    const { tags } = await probe(await clip(name));
    expect(tags.title).toBe('A clip with everything');
    expect(tags.artist ?? tags.ARTIST).toBe('ClearReel');
  });

  test.each(['everything-mkv', 'everything-mp4'])('%s has cues of two languages', async (name) => {
    const [english, german] = await subtitlesOf(await clip(name));
    expect(english?.cues.map((cue) => cue.text)).toEqual([
      'Hello there',
      '<i>Two lines</i>\nof text',
    ]);
    expect(german?.cues.map((cue) => cue.text)).toEqual(['Grüße aus Köln']);
  });

  test.each(['late-audio-mkv', 'late-audio-mp4'])(
    '%s starts its audio about 0.3 s after its video',
    async (name) => {
      const offset = await audioOffsetSeconds(await clip(name));
      expect(Math.abs(offset - 0.3)).toBeLessThan(0.025);
    },
  );

  test('surround has six channels', async () => {
    expect((await probe(await clip('surround'))).audio).toMatchObject([{ channels: 6 }]);
  });
});
