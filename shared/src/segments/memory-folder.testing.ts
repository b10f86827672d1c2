import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { BlobFolder } from './blob-folder.ts';

/** A folder in memory, with a disk that may fill up. */
export class MemoryFolder implements BlobFolder {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  freeBytes = Number.POSITIVE_INFINITY;

  async write(name: string, chunks: readonly Uint8Array[]): Promise<void> {
    const bytes = chunks.flatMap((chunk) => [...chunk]);
    if (bytes.length > this.freeBytes) {
      this.files.delete(name);
      throw new ClearReelError('STORAGE_FULL', { needed: bytes.length, free: this.freeBytes });
    }
    this.freeBytes -= bytes.length;
    this.files.set(name, Uint8Array.from(bytes));
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.files.get(name)?.slice() ?? null;
  }

  async list(): Promise<readonly string[]> {
    return [...this.files.keys()];
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}
