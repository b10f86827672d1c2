import type { Chapter } from '@clearreel/shared/subtitles/chapters';
import { makeBox } from './mp4-file.ts';

const mostChapters = 255;
const mostTitleBytes = 255;
const unitsPerSecond = 1e7;

/** Chapters as Nero wrote them first and most players read them: a list in the movie's user data. */
export function chapterList(chapters: readonly Chapter[]): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(1, 0);
  const listed = chapters.slice(0, mostChapters);
  head.writeUInt8(listed.length, 8);
  const entries = listed.map(({ startSeconds, title }) => {
    const name = cut(title);
    const entry = Buffer.alloc(9);
    entry.writeBigUInt64BE(BigInt(Math.round(startSeconds * unitsPerSecond)));
    entry.writeUInt8(name.length, 8);
    return Buffer.concat([entry, name]);
  });
  return makeBox('chpl', head, ...entries);
}

/** No more bytes than a title may have, and no half character. */
function cut(title: string): Buffer {
  let text = title;
  while (Buffer.byteLength(text) > mostTitleBytes) text = text.slice(0, -1);
  return Buffer.from(text);
}

export function readChapterList(box: Buffer): { startSeconds: number; title: string }[] {
  const chapters: { startSeconds: number; title: string }[] = [];
  const isOld = box.readUInt8(8) === 0;
  let at = isOld ? 13 : 17;
  for (let left = box.readUInt8(at - 1); left > 0 && at + 9 <= box.length; left--) {
    const startSeconds = Number(box.readBigUInt64BE(at)) / unitsPerSecond;
    const end = at + 9 + box.readUInt8(at + 8);
    chapters.push({ startSeconds, title: box.toString('utf8', at + 9, end) });
    at = end;
  }
  return chapters;
}
