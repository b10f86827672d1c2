/** A box of an MP4 file (ISO/IEC 14496-12, section 4.2). */
export type Box = {
  type: string;
  start: number;
  /** Offset of the first byte after the box's header. */
  body: number;
  end: number;
};

/** Every box at `path`, such as `moov/trak/tkhd`. */
function boxesAt(bytes: Buffer, path: string): Box[] {
  let found: Box[] = [{ type: '', start: 0, body: 0, end: bytes.length }];
  for (const type of path.split('/')) {
    found = found.flatMap((box) =>
      childBoxes(bytes, box.body + childOffset(box), box.end).filter(
        (child) => child.type === type,
      ),
    );
  }
  return found;
}

/** The first box at `path`; the file must have one. */
export function boxAt(bytes: Buffer, path: string): Box {
  const [box] = boxesAt(bytes, path);
  if (!box) throw new Error(`No ${path} box in ${bytes.length} bytes`);
  return box;
}

/** `stsd` counts its entries before it lists them. */
const childOffset = (box: Box) => (box.type === 'stsd' ? 8 : 0);

function childBoxes(bytes: Buffer, from: number, to: number): Box[] {
  const children: Box[] = [];
  for (let start = from; start + 8 <= to; ) {
    const short = bytes.readUInt32BE(start);
    const size = short === 1 ? Number(bytes.readBigUInt64BE(start + 8)) : short || to - start;
    if (size < 8) break;
    children.push({
      type: bytes.toString('latin1', start + 4, start + 8),
      start,
      body: start + (short === 1 ? 16 : 8),
      end: Math.min(start + size, to),
    });
    start += size;
  }
  return children;
}

/** The `tkhd` matrix stands after the version-0 times, ids, duration, layer and volume. */
const matrixOffset = 40;

/** Sets the display matrix of the first track: `[a, b, c, d]` in whole units, `x` and `y` in pixels. */
export function withDisplayMatrix(
  bytes: Buffer,
  [a, b, c, d]: [number, number, number, number],
  [x, y]: [number, number],
): Buffer {
  const matrix = boxAt(bytes, 'moov/trak/tkhd').body + matrixOffset;
  const fixed = [a, b, 0, c, d, 0, x, y];
  fixed.forEach((value, index) => {
    bytes.writeInt32BE(value * 0x10000, matrix + index * 4);
  });
  return bytes;
}
