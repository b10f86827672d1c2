import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobFolder } from '@clearreel/shared/segments/blob-folder';
import { codeOf, diskError } from './disk-error.ts';

/** Of files that are not whole yet; `DiskFolder.open` clears what a crash left of them. */
export const draftSuffix = '.draft';

/** Writes one file so that a crash leaves either what was there before or all of the new one. */
export async function writeWhole(
  folder: string,
  name: string,
  chunks: readonly Uint8Array[],
): Promise<void> {
  const draft = join(folder, `${name}${draftSuffix}`);
  try {
    const file = await open(draft, 'w');
    try {
      for (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
    await syncFolder(folder);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {}); // The first error is the one to tell.
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    throw await diskError(error, folder, bytes);
  }
}

/** A rename is on the disk only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // Folders cannot be opened there, and NTFS journals the rename.
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A folder on disk. One process at a time writes into it. */
export class DiskFolder implements BlobFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Makes the folder where it is missing, and clears what a crash left half-written. */
  static async open(path: string): Promise<DiskFolder> {
    try {
      await mkdir(path, { recursive: true });
      for (const name of await readdir(path)) {
        if (name.endsWith(draftSuffix)) await rm(join(path, name));
      }
    } catch (error) {
      throw await diskError(error, path);
    }
    return new DiskFolder(path);
  }

  write(name: string, chunks: readonly Uint8Array[]): Promise<void> {
    return writeWhole(this.#path, name, chunks);
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      return new Uint8Array(await readFile(join(this.#path, name)));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw await diskError(error, this.#path);
    }
  }

  async list(): Promise<readonly string[]> {
    try {
      const entries = await readdir(this.#path, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && !entry.name.endsWith(draftSuffix))
        .map(({ name }) => name);
    } catch (error) {
      throw await diskError(error, this.#path);
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await rm(join(this.#path, name), { force: true });
    } catch (error) {
      throw await diskError(error, this.#path);
    }
  }
}
