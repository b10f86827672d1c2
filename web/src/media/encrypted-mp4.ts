/** A movie box larger than this describes days of video; looking into it is not worth the memory. */
const maxMovieBytes = 64 * 1024 * 1024;

const containers = ['trak', 'mdia', 'minf', 'stbl'];

/**
 * Whether an ISOBMFF file says that its video is encrypted: a sample entry of type `encv` (ISO/IEC 14496-12 §8.12).
 * mediabunny fails on some of these files before it can say so.
 */
export async function isEncryptedMp4(file: Blob): Promise<boolean> {
  for (let at = 0; at + 8 <= file.size; ) {
    const head = new DataView(await file.slice(at, at + 16).arrayBuffer());
    const box = boxAt(head, 0);
    if (!box || box.size === 0) return false;
    if (box.type === 'moov') {
      if (box.size > maxMovieBytes) return false;
      const bytes = await file.slice(at + box.headerBytes, at + box.size).arrayBuffer();
      return hasEncryptedEntry(new DataView(bytes), 0, bytes.byteLength);
    }
    at += box.size;
  }
  return false;
}

function hasEncryptedEntry(view: DataView, from: number, to: number): boolean {
  for (let at = from; at + 8 <= to; ) {
    const box = boxAt(view, at);
    if (!box || box.size === 0) return false;
    const dataStart = at + box.headerBytes;
    const dataEnd = Math.min(to, at + box.size);
    if (containers.includes(box.type) && hasEncryptedEntry(view, dataStart, dataEnd)) return true;
    // Version, flags and the number of entries stand before the entries.
    if (box.type === 'stsd' && boxAt(view, dataStart + 8)?.type === 'encv') return true;
    at += box.size;
  }
  return false;
}

function boxAt(
  view: DataView,
  at: number,
): { type: string; size: number; headerBytes: number } | null {
  if (at + 8 > view.byteLength) return null;
  const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
  const size = view.getUint32(at);
  if (size !== 1) return { type, size: size < 8 ? 0 : size, headerBytes: 8 };
  if (at + 16 > view.byteLength) return null;
  return { type, size: Number(view.getBigUint64(at + 8)), headerBytes: 16 };
}
