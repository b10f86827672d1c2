import type { FileHandle } from 'node:fs/promises';
import { type EbmlElement, ebmlElements, ebmlId } from '@clearreel/shared/matroska/ebml';
import type { Chapter } from '@clearreel/shared/subtitles/chapters';
import { writeAll } from '../storage/write-all.ts';
import { ebmlElement, ebmlText, ebmlUint, idBytes, sizeBytes } from './ebml-write.ts';

/** Element ids of RFC 9559 §5.1.7. */
const id = {
  ...ebmlId,
  seekPosition: 0x53ac,
  editionEntry: 0x45b9,
  chapterAtom: 0xb6,
  chapterUid: 0x73c4,
  chapterTimeStart: 0x91,
  chapterTimeEnd: 0x92,
  chapterDisplay: 0x80,
  chapterString: 0x85,
  chapterLanguage: 0x437c,
} as const;

const headBytes = 1024 * 1024;
const mostChapterBytes = 4 * 1024 * 1024;

async function readHead(file: FileHandle): Promise<{ head: Buffer; segment: EbmlElement }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  const head = buffer.subarray(0, bytesRead);
  const segment = [...ebmlElements(head)].find((element) => element.id === id.segment);
  if (!segment) throw new Error('Matroska without a segment');
  return { head, segment };
}

const child = (bytes: Uint8Array, parent: EbmlElement, wanted: number) =>
  [...ebmlElements(bytes, parent.dataStart, parent.dataEnd)].find(({ id: own }) => own === wanted);

const uint = (bytes: Uint8Array, element: EbmlElement | undefined): number | null =>
  element
    ? bytes
        .subarray(element.dataStart, element.dataEnd)
        .reduce((value, byte) => value * 256 + byte, 0)
    : null;

/** Chapters of the first edition; nested ones are left out. An end that is not stated is that of the next. */
export async function readMatroskaChapters(
  file: FileHandle,
): Promise<{ startSeconds: number; endSeconds: number | null; title: string }[]> {
  const bytes = await chapterBytes(file);
  if (!bytes) return [];
  const [root] = ebmlElements(bytes);
  const edition = root && child(bytes, root, id.editionEntry);
  if (!edition) return [];
  return [...ebmlElements(bytes, edition.dataStart, edition.dataEnd)].flatMap((atom) => {
    if (atom.id !== id.chapterAtom) return [];
    const start = uint(bytes, child(bytes, atom, id.chapterTimeStart));
    const end = uint(bytes, child(bytes, atom, id.chapterTimeEnd));
    const display = child(bytes, atom, id.chapterDisplay);
    const text = display && child(bytes, display, id.chapterString);
    const title = text ? Buffer.from(bytes.subarray(text.dataStart, text.dataEnd)).toString() : '';
    return start === null
      ? []
      : { startSeconds: start / 1e9, endSeconds: end === null ? null : end / 1e9, title };
  });
}

/** The chapters element, in front or where the index says. */
async function chapterBytes(file: FileHandle): Promise<Buffer | null> {
  const { head, segment } = await readHead(file);
  for (const element of ebmlElements(head, segment.dataStart, segment.dataEnd)) {
    if (element.id === id.cluster) break;
    if (element.id === id.chapters) return head.subarray(element.start, element.dataEnd);
    if (element.id !== id.seekHead) continue;
    const position = soughtPosition(head, element);
    if (position === null) continue;
    const at = segment.dataStart + position;
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(mostChapterBytes),
      0,
      mostChapterBytes,
      at,
    );
    const [found] = ebmlElements(buffer.subarray(0, bytesRead));
    if (found?.id === id.chapters) return buffer.subarray(0, found.dataEnd);
  }
  return null;
}

function soughtPosition(head: Uint8Array, seekHead: EbmlElement): number | null {
  for (const seek of ebmlElements(head, seekHead.dataStart, seekHead.dataEnd)) {
    const wanted = uint(head, child(head, seek, id.seekId));
    if (wanted === id.chapters) return uint(head, child(head, seek, id.seekPosition));
  }
  return null;
}

function chaptersElement(chapters: readonly Chapter[]): Buffer {
  const nanoseconds = (seconds: number) => Math.round(seconds * 1e9);
  const atoms = chapters.map(({ startSeconds, endSeconds, title }, position) =>
    ebmlElement(
      id.chapterAtom,
      ebmlUint(id.chapterUid, position + 1),
      ebmlUint(id.chapterTimeStart, nanoseconds(startSeconds)),
      ebmlUint(id.chapterTimeEnd, nanoseconds(endSeconds)),
      ebmlElement(
        id.chapterDisplay,
        ebmlText(id.chapterString, title),
        ebmlText(id.chapterLanguage, 'und'),
      ),
    ),
  );
  return ebmlElement(id.chapters, ebmlElement(id.editionEntry, ...atoms));
}

/**
 * Appends chapters to a Matroska file as FFmpeg writes it: behind the index in front it leaves room, which takes one
 * entry more.
 */
export async function appendMatroskaChapters(
  file: FileHandle,
  chapters: readonly Chapter[],
): Promise<void> {
  const { head, segment } = await readHead(file);
  const [seekHead, room] = ebmlElements(head, segment.dataStart, segment.dataEnd);
  if (seekHead?.id !== id.seekHead || room?.id !== id.void) {
    throw new Error('Matroska without room in its index');
  }
  const { size } = await file.stat();
  const entry = ebmlElement(
    id.seek,
    ebmlElement(id.seekId, idBytes(id.chapters)),
    ebmlUint(id.seekPosition, size - segment.dataStart),
  );
  const entries = head.subarray(seekHead.dataStart, seekHead.dataEnd);
  const index = ebmlElement(id.seekHead, entries, entry);
  const left = room.dataEnd - seekHead.start - index.length;
  // An element of no more than nine bytes cannot be told from what it must fill.
  if (left < 9) throw new Error('Matroska with too little room in its index');
  const filler = ebmlElement(id.void, Buffer.alloc(left - 9));
  const added = chaptersElement(chapters);
  const segmentBytes = size + added.length - segment.dataStart;
  const front = Buffer.concat([index, filler]);
  await writeAll(file, added, size);
  await writeAll(file, sizeBytes(segmentBytes), segment.dataStart - 8);
  await writeAll(file, front, seekHead.start);
}
