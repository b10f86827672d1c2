import { readFile } from 'node:fs/promises';
import { expect, test } from '../driver/flow.ts';
import { packets, probe, subtitlesOf } from '../reference/index.ts';

const chapters = [
  { startSeconds: 0, endSeconds: 1.5, title: 'First half' },
  { startSeconds: 1.5, endSeconds: 3, title: 'Second half' },
];

/** ffmpeg spells tag names in the container's case. */
const lowerCased = (tags: Record<string, string>) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));

const about = {
  title: 'A clip with everything',
  artist: 'ClearReel',
  date: '2026',
  comment: 'Made for tests',
};

const routes = [
  ['everything-mkv', 'mkv'],
  ['everything-mkv', 'mp4'],
  ['everything-mp4', 'mp4'],
  ['everything-mp4', 'mkv'],
  ['everything-mp4', 'mov'],
] as const;

test.describe('12.5 tags, cover art, subtitles and chapters', () => {
  for (const [name, container] of routes) {
    test(`12.5.1 tags of ${name} are in the ${container}, the date as it was written`, async ({
      enhanced,
    }) => {
      const { path } = await enhanced(name, { output: { container } });
      expect(lowerCased((await probe(path)).tags)).toMatchObject(about);
    });

    test(`12.5.2 the cover of ${name} is in the ${container}, byte by byte`, async ({
      enhanced,
    }) => {
      const { source, path } = await enhanced(name, { output: { container } });
      const cover = async (file: string) => {
        const index = (await probe(file)).covers[0]?.index;
        return (await packets(file, String(index)))[0]?.sha256;
      };
      expect(await cover(source)).toBeDefined();
      expect(await cover(path)).toBe(await cover(source));
    });

    test(`12.5.3 every cue and chapter of ${name} is in the ${container} or beside it, and said so`, async ({
      enhanced,
    }) => {
      const { source, path, notices, sideFiles } = await enhanced(name, { output: { container } });
      const wanted = await subtitlesOf(source);
      const found = await subtitlesOf(path);
      const codes = notices.map(({ code }) => code);
      if (found.length > 0) {
        expect(found.map(({ language }) => language)).toEqual(
          wanted.map(({ language }) => language),
        );
        for (const [at, track] of wanted.entries()) {
          expect(plainCues(found[at]?.cues)).toEqual(plainCues(track.cues));
        }
        expect((await probe(path)).chapters).toMatchObject(chapters);
        expect(codes).not.toContain('CHAPTERS_BESIDE');
      } else {
        expect(codes).toEqual(expect.arrayContaining(['SUBTITLES_BESIDE', 'CHAPTERS_BESIDE']));
        const texts = await Promise.all(sideFiles.map((file) => readFile(file, 'utf8')));
        for (const { text } of wanted.flatMap(({ cues }) => plainCues(cues))) {
          expect(texts.join('\n').replace(/<[^>]*>/g, '')).toContain(text);
        }
        expect(texts.join('\n')).toContain('CHAPTER02=00:00:01.500');
      }
    });
  }

  test('12.5.7 cover art that WebM cannot hold is announced', async ({ enhanced }) => {
    const output = { container: 'webm', codec: 'vp9' };
    const { notices } = await enhanced('everything-mp4', { output });
    expect(notices.map(({ code }) => code)).toContain('COVER_LEFT_OUT');
  });

  test('12.5.4 in Matroska styled subtitles keep their styles, and the forced flag', async ({
    enhanced,
  }) => {
    const { path, sideFiles } = await enhanced('everything-mkv', { output: { container: 'mkv' } });
    expect((await probe(path)).subtitles).toMatchObject([
      { codec: 'subrip', language: 'eng' },
      { codec: 'subrip', language: 'deu' },
      { codec: 'ass', language: 'eng', title: 'Signs', dispositions: ['forced'] },
    ]);
    expect(sideFiles).toEqual([]);
  });

  test('12.5.5 styles that MP4 cannot hold are saved beside it', async ({ enhanced }) => {
    const { sideFiles, notices } = await enhanced('everything-mkv', {
      output: { container: 'mp4' },
    });
    const styled = sideFiles.find((file) => file.endsWith('.ass'));
    expect(await readFile(styled ?? '', 'utf8')).toContain('Style: Sign,Arial,12');
    expect(notices.map(({ code }) => code)).toContain('SUBTITLES_BESIDE');
  });

  test('12.5.6 a trim moves and cuts subtitles and chapters with the picture', async ({
    enhanced,
  }) => {
    const trim = { startSeconds: 0.52, endSeconds: 2.02 };
    const { source, path } = await enhanced('everything-mkv', {
      trim,
      output: { container: 'mkv' },
    });
    const wanted = (await subtitlesOf(source)).map(({ cues }) =>
      cues.map(({ startSeconds, endSeconds, text }) => ({
        startSeconds: expect.closeTo(Math.max(0, startSeconds - trim.startSeconds), 2),
        endSeconds: expect.closeTo(Math.min(endSeconds, trim.endSeconds) - trim.startSeconds, 2),
        text,
      })),
    );
    expect(wanted[0]).toHaveLength(2);
    expect((await subtitlesOf(path)).map(({ cues }) => cues)).toEqual(wanted);
    expect((await probe(path)).chapters).toMatchObject([
      { startSeconds: 0, endSeconds: expect.closeTo(0.98, 2), title: 'First half' },
      { startSeconds: expect.closeTo(0.98, 2), title: 'Second half' },
    ]);
  });
});

type Cues = Awaited<ReturnType<typeof subtitlesOf>>[number]['cues'];

/** Without markup, which containers spell in their own ways; times to the hundredth that ASS has. */
const plainCues = (cues: Cues | undefined) =>
  cues?.map(({ startSeconds, endSeconds, text }) => ({
    from: startSeconds.toFixed(2),
    to: endSeconds.toFixed(2),
    text: text.replace(/<[^>]*>|\{[^}]*\}/g, ''),
  })) ?? [];
