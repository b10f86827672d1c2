import { open } from 'node:fs/promises';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { Chapter } from '@clearreel/shared/subtitles/chapters';
import { readMatroskaChapters } from './matroska-chapters.ts';
import { readChapterList } from './mp4-chapters.ts';
import { boxAt, fileBoxes, readBox } from './mp4-file.ts';

/** A movie box larger than this describes days of video; looking into it is not worth the memory. */
const mostMovieBytes = 64 * 1024 * 1024;

/** The chapters of a source, in order. FFmpeg reads them too, but its binding does not give them. */
export async function readChapters(path: string, facts: SourceFacts): Promise<Chapter[]> {
  const { container, durationSeconds } = facts;
  const file = await open(path);
  try {
    const found =
      container === 'mkv' || container === 'webm'
        ? await readMatroskaChapters(file)
        : container === 'mp4' || container === 'mov'
          ? await mp4Chapters(file)
          : [];
    const ordered = found.sort((a, b) => a.startSeconds - b.startSeconds);
    return ordered.map(({ startSeconds, endSeconds, title }, position) => {
      const next = ordered[position + 1]?.startSeconds ?? durationSeconds;
      return { startSeconds, endSeconds: endSeconds ?? Math.max(startSeconds, next), title };
    });
  } finally {
    await file.close();
  }
}

async function mp4Chapters(file: Awaited<ReturnType<typeof open>>) {
  const movie = (await fileBoxes(file)).find(({ type }) => type === 'moov');
  if (!movie || movie.bytes > mostMovieBytes) return [];
  const list = boxAt(await readBox(file, movie), ['udta', 'chpl']);
  return list ? readChapterList(list).map((each) => ({ ...each, endSeconds: null })) : [];
}
