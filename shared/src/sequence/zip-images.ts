import { type FileEntry, Reader, Writer, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { readError } from '../media/read-errors.ts';
import type { ReadableFile } from '../media/readable-file.ts';
import { because } from '../notices/reasons.ts';
import { isJunk } from './image-kind.ts';
import { inNaturalOrder } from './numbering.ts';
import type { SequenceImage } from './sequence-image.ts';

/** A ZIP's directory is read in one piece: that of a million files fits, a hostile one of gigabytes does not. */
const longestReadBytes = 256 * 1024 * 1024;

/** A file that is read in pieces where it lies. */
class RangeReader extends Reader<ReadableFile> {
  readonly #file: ReadableFile;

  constructor(file: ReadableFile) {
    super(file);
    this.#file = file;
    this.size = file.size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length > longestReadBytes) throw new RangeError('a directory that is too long');
    return new Uint8Array(await this.#file.slice(offset, offset + length).arrayBuffer());
  }
}

/**
 * All files of a ZIP that may be pictures, in natural order of their paths. Only the ZIP's directory is read here.
 * @throws ClearReelError `SOURCE_ENCRYPTED`, `SOURCE_UNREADABLE`, `SOURCE_CHANGED`
 */
export async function zipImages(
  file: ReadableFile,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<SequenceImage[]> {
  const files: FileEntry[] = [];
  try {
    for await (const entry of new ZipReader(new RangeReader(file)).getEntriesGenerator()) {
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

/** Keeps the first bytes of an entry; whatever it unpacks to, no more. */
class StartWriter extends Writer<Uint8Array<ArrayBuffer>> {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #onFull: (isMoreThanAsked: boolean) => void;
  #length = 0;

  constructor(limit: number, onFull: (isMoreThanAsked: boolean) => void) {
    super();
    this.#bytes = new Uint8Array(limit);
    this.#onFull = onFull;
  }

  override async writeUint8Array(chunk: Uint8Array): Promise<void> {
    const part = chunk.subarray(0, this.#bytes.length - this.#length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
    if (this.#length === this.#bytes.length) this.#onFull(part.length < chunk.length);
  }

  get start(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}

async function readStart(entry: FileEntry, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const enough = new AbortController();
  const writer = new StartWriter(limit, (isMoreThanAsked) => {
    if (isMoreThanAsked || limit < entry.uncompressedSize) enough.abort();
  });
  try {
    const { signal } = enough;
    await entry.getData(writer, { signal, useWebWorkers: false, checkCrc32: true });
  } catch (error) {
    if (!enough.signal.aborted) throw error;
  }
  return writer.start;
}
