/**
 * A flat folder of files with names of our own making (never a user's). Implementations: OPFS, disk, memory;
 * `blob-folder.suite.ts` is their contract.
 */
export interface BlobFolder {
  /** Writes the whole file; it exists only once the promise resolves. @throws ClearReelError `STORAGE_FULL`, `STORAGE_DENIED`. */
  write(name: string, chunks: readonly Uint8Array[]): Promise<void>;
  /** `null` where there is no such file. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  list(): Promise<readonly string[]>;
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>;
}
