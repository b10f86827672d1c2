import type { FileHandle } from 'node:fs/promises';

/** A disk that fills up takes a part of a write and says so by its length alone; the next one then throws. */
export async function writeAll(
  file: FileHandle,
  data: Uint8Array,
  position: number,
): Promise<void> {
  for (let at = 0; at < data.byteLength; ) {
    at += (await file.write(data, at, data.byteLength - at, position + at)).bytesWritten;
  }
}
