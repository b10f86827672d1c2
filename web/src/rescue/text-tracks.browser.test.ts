import { chapterFile, moveChapters } from '@clearreel/shared/subtitles/chapters';
import { describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { clipFile } from './clips.test-kit.ts';
import { embedTextTracks } from './embed-text-tracks.ts';
import { remux } from './remux.test-kit.ts';
import { extractSubtitles, readTextTracks } from './text-tracks.ts';

const never = new AbortController().signal;

async function textOf(name: string, kept: { startSeconds: number; endSeconds: number } | null) {
  const file = await clipFile(name);
  const { subtitles, chapters } = await readTextTracks(file, file.name, never);
  const files = await extractSubtitles(file, file.name, subtitles, kept, never);
  return { tracks: subtitles, files, chapters: moveChapters(chapters, kept) };
}

/** Seconds at which the clip itself says its first subtitle starts. */
async function firstCue(name: string): Promise<number> {
  const entries = ['-show_entries', 'packet=pts_time,size', '-of', 'csv=p=0', `{clip:${name}}`];
  const text = await commands.mediaTool('ffprobe', ['-select_streams', 's:0', ...entries]);
  const packets = text.split('\n').map((line) => line.split(','));
  // MP4 fills the time before a cue with an empty sample of two bytes.
  return Number(packets.find(([, bytes]) => Number(bytes) > 2)?.[0]);
}

const boxNamed = async (file: Blob, name: string) =>
  new TextDecoder('latin1').decode(await file.arrayBuffer()).includes(name);

describe('12.1 subtitles and chapters are read', () => {
  test('tracks, languages, flags and chapters of Matroska', async () => {
    const file = await clipFile('everything-mkv');
    const { subtitles, chapters } = await readTextTracks(file, file.name, never);
    expect(subtitles).toMatchObject([
      { codec: 'subrip', languageCode: 'eng', isText: true, isForced: false },
      { codec: 'subrip', languageCode: 'deu', isText: true, isForced: false },
      { codec: 'ass', languageCode: 'eng', title: 'Signs', isText: true, isForced: true },
    ]);
    expect(chapters).toEqual([
      { startSeconds: 0, endSeconds: 1.5, title: 'First half' },
      { startSeconds: 1.5, endSeconds: 3, title: 'Second half' },
    ]);
  });

  test.each(['everything-mkv', 'everything-mp4'])(
    '%s: texts keep words and times',
    async (name) => {
      const { files } = await textOf(name, null);
      const start = await firstCue(name);
      expect(files[0]?.fileName).toBe('1.eng.srt');
      expect(files[0]?.text).toContain('Hello there');
      const [, milliseconds] = /00:00:00,(\d+) -->/.exec(files[0]?.text ?? '') ?? [];
      expect(Number(milliseconds) / 1000).toBeCloseTo(start, 3);
      expect(files[1]?.text).toContain('Grüße aus Köln');
    },
  );
});

test('12.2 a trimmed job moves and cuts subtitles and chapters', async () => {
  const kept = { startSeconds: 1.1, endSeconds: 2 };
  const { files, chapters } = await textOf('everything-mkv', kept);
  expect(files[0]?.text).toMatch(
    /^1\n00:00:00,\d{3} --> 00:00:00,900\n<i>Two lines<\/i>\nof text\n$/,
  );
  expect(files[1]?.text).toBe('');
  expect(files[2]?.text).toMatch(/Dialogue: 0,0:00:00\.00,0:00:00\.90,Sign/);
  expect(chapterFile(chapters)).toBe(
    [
      'CHAPTER01=00:00:00.000\nCHAPTER01NAME=First half\n',
      'CHAPTER02=00:00:00.400\nCHAPTER02NAME=Second half\n',
    ].join(''),
  );
});

describe('12.3 texts inside the result change no packet', () => {
  test.each([
    { clip: 'plain-h264', container: 'mp4', asAvc3: true, codec: 'mov_text' },
    { clip: 'late-audio-mp4', container: 'mp4', asAvc3: false, codec: 'mov_text' },
    { clip: 'vfr-mp4', container: 'mp4', asAvc3: true, codec: 'mov_text' },
    { clip: 'rotated-90', container: 'mp4', asAvc3: true, codec: 'mov_text' },
    { clip: 'everything-mkv', container: 'mkv', asAvc3: true, codec: 'subrip' },
    { clip: 'webm-vp9-opus', container: 'webm', asAvc3: false, codec: 'webvtt' },
  ] as const)('$clip in $container', async ({ clip, container, asAvc3, codec }) => {
    const result = await remux(await clipFile(clip), container, asAvc3);
    const text = await textOf('everything-mkv', null);
    const { file } = await embedTextTracks(result, container, text, never);
    if (file === null) return;
    if (container === 'mp4') expect(await boxNamed(file, 'avc3')).toBe(asAvc3);
    const read = await readTextTracks(file, `result.${container}`, never);
    expect(read.subtitles.map((each) => each.codec)).toContain(codec);
    expect(read.subtitles.map((each) => each.languageCode)).toEqual(['eng', 'deu', 'eng']);
    expect(read.chapters.map((each) => each.title)).toEqual(['First half', 'Second half']);
  });

  test('what would come out differently is refused', async () => {
    // ffmpeg drops the last packet of Opus whose end MP4 cuts.
    const result = await remux(await clipFile('everything-mkv'), 'mp4', true);
    const text = await textOf('everything-mkv', null);
    const embedded = await embedTextTracks(result, 'mp4', text, never);
    expect(embedded).toMatchObject({ file: null, reason: { code: 'WOULD_CHANGE' } });
  });
});
