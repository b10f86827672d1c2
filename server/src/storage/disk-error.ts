import {
  asClearReelError,
  ClearReelError,
  reasonOf,
} from '@clearreel/shared/errors/clear-reel-error';
import { requireFree, storageFull } from '@clearreel/shared/errors/storage-full';
import { diskSpace } from '../disk/disk.ts';

const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

export const isDiskFull = (error: unknown): boolean => fullCodes.has(codeOf(error));

/** Bytes free on the disk that holds `folder`, or `null` where it does not say. */
export async function freeDiskBytes(folder: string): Promise<number | null> {
  const disk = await diskSpace(folder).catch(() => null);
  return disk?.freeBytes ?? null;
}

/** Gives what the file system throws its code: `STORAGE_FULL` for a full disk or quota, else `STORAGE_DENIED`. */
export async function diskError(
  error: unknown,
  folder: string,
  neededBytes = 0,
): Promise<ClearReelError> {
  if (error instanceof ClearReelError) return error;
  if (isDiskFull(error)) return storageFull(neededBytes, await freeDiskBytes(folder), error);
  return asClearReelError(error, 'STORAGE_DENIED', { reason: reasonOf(error) });
}

/** @throws ClearReelError `STORAGE_FULL` before anything is written, when the job cannot fit. */
export async function requireFreeDisk(folder: string, neededBytes: number): Promise<void> {
  requireFree(neededBytes, await freeDiskBytes(folder));
}
