import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JobSpec, type OutputContainer, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clip } from '../../../e2e/clips/index.ts';
import { decodeErrors, packets, probe, subtitlesOf } from '../../../e2e/reference/index.ts';
import { open, signal } from '../media/reading.test-kit.ts';
import { carryTexts } from './carry-texts.ts';
import { writeJoined } from './joined.test-kit.ts';
import { pictureSubtitles } from './picture-subtitles.test-kit.ts';

let folder = '';
let results = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearreel-texts-'));
});
afterAll(() => rm(folder, { recursive: true }));

const specOf = (container: OutputContainer, trim?: JobSpec['trim']): JobSpec =>
  parseJobSpec({
    version: 1,
    enhance: {},
    output: { container, codec: container === 'webm' ? 'vp9' : 'avc' },
    ...(trim && { trim }),
  });

async function carried(sourcePath: string, container: OutputContainer, trim?: JobSpec['trim']) {
  const source = await open(sourcePath);
  const spec = specOf(container, trim);
  const resultFolder = join(folder, String(results++));
  await mkdir(resultFolder);
  const storedName = `result.${container}`;
  const path = join(resultFolder, storedName);
  await writeJoined(sourcePath, source, spec, path);
  const before = await streamsOf(path);
  const { facts } = source;
  const texts = await carryTexts({ sourcePath, facts, spec, resultFolder, storedName, signal });
  source.dispose();
  return { sourcePath, path, before, resultFolder, ...texts };
}

/** Every packet of picture and sound with its times and bytes. */
async function streamsOf(path: string) {
  const { video, audio } = await probe(path);
  const found: unknown[] = [];
  for (const { index } of [...video, ...audio]) {
    const listed = await packets(path, String(index));
    found.push(
      listed.map(({ timestampSeconds, bytes, sha256 }) => [timestampSeconds, bytes, sha256]),
    );
  }
  return found;
}

/** Languages and titles; MP4 keeps a title as the name of a handler. */
async function namesOf(path: string) {
  const { subtitles } = await probe(path);
  return subtitles.map(({ language, title, tags }) => {
    const { handler_name: handler = 'SubtitleHandler' } = tags;
    return [language, title ?? (handler === 'SubtitleHandler' ? undefined : handler)];
  });
}

async function coverOf(path: string): Promise<string | undefined> {
  const index = (await probe(path)).covers[0]?.index;
  return (await packets(path, String(index)))[0]?.sha256;
}

const chapters = [
  { startSeconds: 0, endSeconds: 1.5, title: 'First half' },
  { startSeconds: 1.5, endSeconds: expect.closeTo(3, 1), title: 'Second half' },
];

type Cues = Awaited<ReturnType<typeof subtitlesOf>>[number]['cues'];

/** Without markup, which containers spell in their own ways; times to the hundredth that ASS has. */
const plainCues = (cues: Cues | undefined) =>
  cues?.map(({ startSeconds, endSeconds, text }) => ({
    from: startSeconds.toFixed(2),
    to: endSeconds.toFixed(2),
    text: text.replace(/<[^>]*>|\{[^}]*\}/g, ''),
  })) ?? [];

const routes = [
  ['everything-mkv', 'mkv'],
  ['everything-mkv', 'mp4'],
  ['everything-mp4', 'mp4'],
  ['everything-mp4', 'mkv'],
  ['everything-mp4', 'mov'],
] as const;

describe('server 1.17 subtitles and chapters are inside the result', () => {
  test.each(routes)('of %s in %s, with nothing else changed', async (name, container) => {
    const { sourcePath, path, before, notices } = await carried(await clip(name), container);
    const wanted = await subtitlesOf(sourcePath);
    const found = await subtitlesOf(path);
    expect(await namesOf(path)).toEqual(await namesOf(sourcePath));
    for (const [position, { cues }] of wanted.entries()) {
      expect(plainCues(found[position]?.cues)).toEqual(plainCues(cues));
    }
    const { tags, chapters: listed } = await probe(path);
    expect(listed).toMatchObject(chapters);
    expect(Object.values(tags)).toContain('A clip with everything');
    expect(await coverOf(path)).toBe(await coverOf(sourcePath));
    expect(await streamsOf(path)).toEqual(before);
    expect(await decodeErrors(path)).toEqual([]);
    const codes = notices.map(({ code }) => code);
    expect(codes.filter((code) => code !== 'SUBTITLE_STYLES_BESIDE')).toEqual([]);
  });

  test('styles stay in Matroska, with the forced flag and the title', async () => {
    const { path, sideFiles } = await carried(await clip('everything-mkv'), 'mkv');
    expect((await probe(path)).subtitles).toMatchObject([
      { codec: 'subrip', language: 'eng' },
      { codec: 'subrip', language: 'deu' },
      { codec: 'ass', language: 'eng', title: 'Signs', dispositions: ['forced'] },
    ]);
    expect(sideFiles).toEqual([]);
  });

  test('styles that MP4 cannot hold are saved beside it as well', async () => {
    const { sideFiles, notices, resultFolder } = await carried(await clip('everything-mkv'), 'mp4');
    expect(sideFiles).toEqual([{ storedName: 'subtitles-3.ass', suffix: '3.eng.forced.ass' }]);
    const text = await readFile(join(resultFolder, 'subtitles-3.ass'), 'utf8');
    expect(text).toContain('Style: Sign,Arial,12');
    expect(text).toContain('Dialogue: 0,0:00:00.52,0:00:02.02,Sign,');
    expect(notices.map(({ code }) => code)).toEqual(['SUBTITLE_STYLES_BESIDE']);
  });

  test.each(['mkv', 'mp4'] as const)('a trim moves and cuts them in %s', async (container) => {
    const trim = { startSeconds: 0.52, endSeconds: 2.02 };
    const { sourcePath, path } = await carried(await clip('everything-mkv'), container, trim);
    const wanted = (await subtitlesOf(sourcePath)).map(({ cues }) =>
      cues.map(({ startSeconds, endSeconds }) => ({
        startSeconds: expect.closeTo(Math.max(0, startSeconds - trim.startSeconds), 2),
        endSeconds: expect.closeTo(Math.min(endSeconds, trim.endSeconds) - trim.startSeconds, 2),
      })),
    );
    expect((await subtitlesOf(path)).map(({ cues }) => cues)).toMatchObject(wanted);
    expect((await probe(path)).chapters).toMatchObject([
      { startSeconds: 0, title: 'First half' },
      { startSeconds: expect.closeTo(0.98, 2), title: 'Second half' },
    ]);
  });

  test('pictures and attached fonts stay in Matroska; beside MP4 pictures are a file of their own', async () => {
    const sourcePath = await pictureSubtitles(folder);
    const inside = await carried(sourcePath, 'mkv');
    const { subtitles, streams } = await probe(inside.path);
    expect(subtitles).toMatchObject([{ codec: 'hdmv_pgs_subtitle', language: 'fra' }]);
    const cues = async (path: string, index: number) =>
      (await packets(path, String(index))).map(({ timestampSeconds, sha256 }) => [
        timestampSeconds,
        sha256,
      ]);
    const [wanted] = (await probe(sourcePath)).subtitles;
    expect(await cues(inside.path, subtitles[0]?.index ?? 0)).toEqual(
      await cues(sourcePath, wanted?.index ?? 0),
    );
    expect(streams.filter(({ kind }) => kind === 'attachment')).toHaveLength(1);
    expect(inside.notices).toEqual([]);

    const outside = await carried(sourcePath, 'mp4');
    expect(outside.notices.map(({ code }) => code)).toEqual(['SUBTITLES_BESIDE']);
    expect(outside.sideFiles).toMatchObject([{ suffix: '1.fra.mks' }]);
    const beside = await probe(join(outside.resultFolder, 'subtitles-1.mks'));
    expect(beside.subtitles).toMatchObject([{ codec: 'hdmv_pgs_subtitle', language: 'fra' }]);
  });

  test('a source without texts leaves the result untouched, and nothing beside it', async () => {
    const { resultFolder, sideFiles, notices } = await carried(await clip('plain-h264'), 'mp4');
    expect([sideFiles, notices]).toEqual([[], []]);
    expect(await readdir(resultFolder)).toEqual(['result.mp4']);
  });
});
