import { statfs } from 'node:fs/promises';
import {
  asClearReelError,
  ClearReelError,
  reasonOf,
} from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';

const isFull: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** Bytes free on the disk that holds `folder`, or `null` where it does not say. */
export async function freeDiskBytes(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk && disk.bavail * disk.bsize;
}

const full = (neededBytes: number, freeBytes: number | null, cause?: unknown) =>
  new ClearReelError(
    'STORAGE_FULL',
    {
      needed: neededBytes > 0 ? because('SPACE_ABOUT', { neededBytes }) : because('SPACE_MORE'),
      // A quota ends before the disk does: then the disk's own number says nothing.
      free:
        freeBytes === null || freeBytes > neededBytes
          ? because('SPACE_NONE')
          : because('SPACE_LEFT', { freeBytes }),
    },
    { cause },
  );

/** Gives what the file system throws its code: `STORAGE_FULL` for a full disk or quota, else `STORAGE_DENIED`. */
export async function diskError(
  error: unknown,
  folder: string,
  neededBytes = 0,
): Promise<ClearReelError> {
  if (error instanceof ClearReelError) return error;
  if (isFull.has(codeOf(error))) return full(neededBytes, await freeDiskBytes(folder), error);
  return asClearReelError(error, 'STORAGE_DENIED', { reason: reasonOf(error) });
}

/** @throws ClearReelError `STORAGE_FULL` before anything is written, when the job cannot fit. */
export async function requireFreeDisk(folder: string, neededBytes: number): Promise<void> {
  const free = await freeDiskBytes(folder);
  if (free !== null && free < neededBytes) throw full(neededBytes, free);
}
