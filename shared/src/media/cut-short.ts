import { readMovieBox } from './mp4-boxes.ts';
import type { ReadableFile } from './readable-file.ts';

/** Bytes of a box header of ISO/IEC 14496-12 §4.2 with a 64-bit size. */
const boxHeaderBytes = 16;

/**
 * Whether a file ends before its own outermost structure does: an ISOBMFF box or a Matroska segment that says that
 * it is longer than what is there. Other containers do not say how long they are.
 */
export async function isCutShort(file: ReadableFile): Promise<boolean> {
  const start = new DataView(await file.slice(0, 64).arrayBuffer());
  if (isIsobmff(start)) return endsInsideBox(file);
  if (start.byteLength > 4 && start.getUint32(0) === ebmlId) return endsInsideSegment(start, file);
  return false;
}

/** Whether an ISOBMFF file has no movie box, without which nothing of it can be read. */
export async function lacksMovieBox(file: ReadableFile): Promise<boolean> {
  const start = new DataView(await file.slice(0, 64).arrayBuffer());
  return isIsobmff(start) && (await readMovieBox(file)) === null;
}

const isIsobmff = (start: DataView) =>
  start.byteLength >= 8 && start.getUint32(4) === 0x66747970; /* ftyp */

async function endsInsideBox(file: ReadableFile): Promise<boolean> {
  for (let at = 0; at < file.size; ) {
    const header = new DataView(await file.slice(at, at + boxHeaderBytes).arrayBuffer());
    if (header.byteLength < 8) return true;
    const short = header.getUint32(0);
    if (short === 0) return false; // It reaches to the end of the file, wherever that is.
    if (short === 1 && header.byteLength < boxHeaderBytes) return true;
    const bytes = short === 1 ? Number(header.getBigUint64(8)) : short;
    if (bytes < 8) return false;
    at += bytes;
    if (at > file.size) return true;
  }
  return false;
}

const ebmlId = 0x1a45dfa3;
const segmentId = 0x18538067;

function endsInsideSegment(start: DataView, file: ReadableFile): boolean {
  const header = elementSize(start, 4);
  if (!header) return false;
  const segmentAt = header.next + header.bytes;
  if (segmentAt + 12 > start.byteLength || start.getUint32(segmentAt) !== segmentId) return false;
  const segment = elementSize(start, segmentAt + 4);
  return segment !== null && segment.next + segment.bytes > file.size;
}

/** An EBML element's size (RFC 8794 §6); `null` where it is unknown, as in live recordings. */
function elementSize(view: DataView, at: number): { bytes: number; next: number } | null {
  const first = view.getUint8(at);
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > view.byteLength) return null;
  let bytes = first & (0xff >> length);
  let isUnknown = bytes === 0xff >> length;
  for (let offset = 1; offset < length; offset++) {
    const byte = view.getUint8(at + offset);
    isUnknown &&= byte === 0xff;
    bytes = bytes * 256 + byte;
  }
  return isUnknown ? null : { bytes, next: at + length };
}
