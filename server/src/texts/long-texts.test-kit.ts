import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clip } from '../../../e2e/clips/index.ts';
import { ffmpeg } from '../../../e2e/reference/ffmpeg.ts';

const cueCount = 70;
const cueBytes = 2000;
const chapterCount = 200;

/** Three seconds of video with so many bytes of text subtitles. */
export async function longSubtitles(folder: string): Promise<{ path: string; bytes: number }> {
  const path = join(folder, 'subtitles.mkv');
  const stamp = (cue: number) => `00:00:0${(cue / 25).toFixed(3).replace('.', ',')}`;
  const cues = Array.from(
    { length: cueCount },
    (_, at) => `${at + 1}\n${stamp(at)} --> ${stamp(at + 1)}\n${'x'.repeat(cueBytes)}\n`,
  );
  await writeFile(join(folder, 'long.srt'), cues.join('\n'));
  const inputs = ['-i', await clip('plain-h264'), '-i', join(folder, 'long.srt')];
  await ffmpeg([...inputs, '-map', '0:v', '-map', '1:s', '-c', 'copy', path]);
  return { path, bytes: cueCount * cueBytes };
}

/** The same video with chapters whose titles take 40 kB. */
export async function longChapters(folder: string): Promise<string> {
  const path = join(folder, 'chapters.mkv');
  const chapters = Array.from({ length: chapterCount }, (_, at) =>
    ['[CHAPTER]', 'TIMEBASE=1/1000', `START=${10 * at}`, `END=${10 * at + 10}`].concat(
      `title=${'x'.repeat(200)}`,
    ),
  );
  await writeFile(join(folder, 'long.txt'), [';FFMETADATA1', ...chapters.flat()].join('\n'));
  const inputs = ['-i', await clip('plain-h264'), '-i', join(folder, 'long.txt')];
  await ffmpeg([...inputs, '-map', '0:v', '-map_chapters', '1', '-c', 'copy', path]);
  return path;
}
