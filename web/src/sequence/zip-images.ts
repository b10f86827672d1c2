import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { readError } from '@clearreel/shared/media/read-errors';
import { because } from '@clearreel/shared/notices/reasons';
import { BlobReader, type FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { isJunk } from './image-kind.ts';
import { inNaturalOrder } from './numbering.ts';
import type { SequenceImage } from './sequence-image.ts';

/**
 * All files of a ZIP that may be pictures, in natural order of their paths. Only the ZIP's directory is read here.
 * @throws ClearReelError `SOURCE_ENCRYPTED`, `SOURCE_UNREADABLE`, `SOURCE_CHANGED`
 */
export async function zipImages(
  file: Blob,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<SequenceImage[]> {
  const files: FileEntry[] = [];
  try {
    for await (const entry of new ZipReader(new BlobReader(file)).getEntriesGenerator()) {
      signal.throwIfAborted();
      onProgress();
      if (!entry.directory && !isJunk(entry.filename)) files.push(entry);
    }
  } catch (error) {
    signal.throwIfAborted();
    const coded = readError(error, 'SOURCE_UNREADABLE');
    if (coded.code !== 'SOURCE_UNREADABLE') throw coded;
    throw new ClearReelError(
      'SOURCE_UNREADABLE',
      { reason: because('ZIP_DAMAGED') },
      { cause: error },
    );
  }
  if (files.some(({ encrypted }) => encrypted)) throw new ClearReelError('SOURCE_ENCRYPTED');
  return files
    .sort((a, b) => inNaturalOrder(a.filename, b.filename))
    .map((entry) => ({
      name: entry.filename,
      bytes: entry.uncompressedSize,
      read: (limit) => readStart(entry, Math.min(limit, entry.uncompressedSize)),
    }));
}

/** Never more than `limit` bytes, whatever the entry unpacks to. */
async function readStart(entry: FileEntry, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(limit);
  const enough = new AbortController();
  let length = 0;
  const writable = new WritableStream<Uint8Array>({
    write(chunk) {
      const part = chunk.subarray(0, limit - length);
      bytes.set(part, length);
      length += part.length;
      if (part.length < chunk.length) enough.abort();
      if (length === limit && limit < entry.uncompressedSize) enough.abort();
    },
  });
  try {
    const { signal } = enough;
    await entry.getData(writable, { signal, useWebWorkers: false, checkCrc32: true });
  } catch (error) {
    if (!enough.signal.aborted) throw error;
  }
  return bytes.subarray(0, length);
}
