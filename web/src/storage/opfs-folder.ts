import type { BlobFolder } from '@clearreel/shared/segments/blob-folder';
import { storageError } from './storage-error.ts';

/** Chromium lets the script of a worker that is terminated run for 2 s before it ends it by force, and longer when busy. */
const lockTries = 100;
const lockRetryMs = 100;

/** A folder of the origin private file system, used from a worker (synchronous access handles exist only there). */
export class OpfsFolder implements BlobFolder {
  readonly #directory: FileSystemDirectoryHandle;

  constructor(directory: FileSystemDirectoryHandle) {
    this.#directory = directory;
  }

  async write(name: string, chunks: readonly Uint8Array[]): Promise<void> {
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    try {
      const file = await this.#directory.getFileHandle(name, { create: true });
      const access = await openAccess(file);
      try {
        access.truncate(0);
        let at = 0;
        for (const chunk of chunks) at += writeAll(access, chunk, at);
        access.flush();
      } finally {
        access.close();
      }
    } catch (error) {
      await this.remove(name).catch(() => {}); // The first error is the one to tell.
      throw await storageError(error, bytes);
    }
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const handle = await this.#directory.getFileHandle(name);
      return new Uint8Array(await (await handle.getFile()).arrayBuffer());
    } catch (error) {
      if (isNotFound(error)) return null;
      throw await storageError(error);
    }
  }

  async list(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const [name, handle] of this.#directory.entries()) {
      if (handle.kind === 'file') names.push(name);
    }
    return names;
  }

  async remove(name: string): Promise<void> {
    try {
      await this.#directory.removeEntry(name);
    } catch (error) {
      if (!isNotFound(error)) throw await storageError(error);
    }
  }
}

/** A worker that was just terminated may hold its lock on the file for a moment longer. */
async function openAccess(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let tries = 1; ; tries++) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      const isLocked = error instanceof Error && error.name === 'NoModificationAllowedError';
      if (!isLocked || tries === lockTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, lockRetryMs));
    }
  }
}

/** A full disk shows as a short write on some systems and as an exception on others. */
function writeAll(access: FileSystemSyncAccessHandle, chunk: Uint8Array, at: number): number {
  const written = access.write(chunk as Uint8Array<ArrayBuffer>, { at });
  if (written < chunk.byteLength) throw new DOMException('short write', 'QuotaExceededError');
  return written;
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof Error && error.name === 'NotFoundError';
