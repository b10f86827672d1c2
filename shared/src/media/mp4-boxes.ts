import type { ReadableFile } from './readable-file.ts';
/** A box of ISO/IEC 14496-12 §4.2 inside bytes at hand. */
export interface Mp4Box {
  readonly type: string;
  readonly start: number;
  readonly dataStart: number;
  readonly end: number;
}

/** A movie box larger than this describes days of video; looking into it is not worth the memory. */
const maxMovieBytes = 64 * 1024 * 1024;

/** The content of the movie box; `null` where there is none, or none that can be looked at. */
export async function readMovieBox(file: ReadableFile): Promise<DataView | null> {
  for (let at = 0; at + 8 <= file.size; ) {
    const box = boxAt(new DataView(await file.slice(at, at + 16).arrayBuffer()), 0);
    if (!box || box.end === 0) return null;
    if (box.type === 'moov') {
      if (box.end > maxMovieBytes) return null;
      return new DataView(await file.slice(at + box.dataStart, at + box.end).arrayBuffer());
    }
    at += box.end;
  }
  return null;
}

/** The boxes between two offsets. */
function* boxesIn(view: DataView, from = 0, to = view.byteLength): Generator<Mp4Box> {
  for (let at = from; at + 8 <= to; ) {
    const box = boxAt(view, at);
    if (!box || box.end <= at) return;
    yield { ...box, end: Math.min(to, box.end) };
    at = box.end;
  }
}

/** All boxes at the path of types. */
export function* boxesAt(
  view: DataView,
  [first, ...rest]: readonly string[],
  from = 0,
  to = view.byteLength,
): Generator<Mp4Box> {
  for (const box of boxesIn(view, from, to)) {
    if (box.type !== first) continue;
    if (rest.length === 0) yield box;
    else yield* boxesAt(view, rest, box.dataStart, box.end);
  }
}

export const fourCharacters = (view: DataView, at: number): string =>
  at + 4 > view.byteLength
    ? ''
    : String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));

function boxAt(view: DataView, at: number): Mp4Box | null {
  if (at + 8 > view.byteLength) return null;
  const type = fourCharacters(view, at + 4);
  const size = view.getUint32(at);
  if (size !== 1) return { type, start: at, dataStart: at + 8, end: size < 8 ? 0 : at + size };
  if (at + 16 > view.byteLength) return null;
  return {
    type,
    start: at,
    dataStart: at + 16,
    end: at + Number(view.getBigUint64(at + 8)),
  };
}
