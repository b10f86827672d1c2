import type { FileHandle } from 'node:fs/promises';

/** A box of ISO/IEC 14496-12 §4.2 in a file. */
export interface FileBox {
  readonly type: string;
  readonly start: number;
  readonly headerBytes: number;
  readonly bytes: number;
}

/** The outermost boxes of a file. */
export async function fileBoxes(file: FileHandle): Promise<FileBox[]> {
  const { size } = await file.stat();
  const boxes: FileBox[] = [];
  for (let start = 0; start + 8 <= size; ) {
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, start);
    const short = buffer.readUInt32BE(0);
    const isLarge = short === 1;
    const bytes = isLarge ? Number(buffer.readBigUInt64BE(8)) : short || size - start;
    if (bytes < 8) throw new Error(`a box of ${bytes} bytes at ${start}`);
    const type = buffer.toString('latin1', 4, 8);
    boxes.push({ type, start, headerBytes: isLarge ? 16 : 8, bytes });
    start += bytes;
  }
  return boxes;
}

export async function readBox(file: FileHandle, { start, bytes }: FileBox): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, start);
  return buffer;
}

/** A box in memory, with its header; its children follow one another after `childrenAt` bytes. */
export interface Box {
  readonly type: string;
  readonly data: Buffer;
}

export function* children(box: Buffer, childrenAt = 8): Generator<Box> {
  for (let at = childrenAt; at + 8 <= box.length; ) {
    const bytes = box.readUInt32BE(at);
    if (bytes < 8 || at + bytes > box.length) return;
    yield { type: box.toString('latin1', at + 4, at + 8), data: box.subarray(at, at + bytes) };
    at += bytes;
  }
}

/** The first box at a path of plain containers; a view, so that writing into it changes the file's bytes. */
export function boxAt(box: Buffer, [first, ...rest]: readonly string[]): Buffer | undefined {
  for (const { type, data } of children(box)) {
    if (type === first) return rest.length === 0 ? data : boxAt(data, rest);
  }
  return undefined;
}

export function makeBox(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + content.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, content]);
}

/** The box with another in the place of the one at the path. */
export function withBox(box: Buffer, [first, ...rest]: readonly string[], made: Buffer): Buffer {
  const parts = [...children(box)].map(({ type, data }) => {
    if (type !== first) return data;
    return rest.length === 0 ? made : withBox(data, rest, made);
  });
  return makeBox(box.toString('latin1', 4, 8), ...parts);
}
