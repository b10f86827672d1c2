import {
  asClearReelError,
  ClearReelError,
  reasonOf,
} from '@clearreel/shared/errors/clear-reel-error';
import { requireFree, storageFull } from '@clearreel/shared/errors/storage-full';

/** Free bytes that the browser grants this origin, or `null` where it does not say. */
export async function freeBytes(): Promise<number | null> {
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  const { quota, usage } = estimate ?? {};
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}

/** Gives what OPFS and IndexedDB throw its code. */
export async function storageError(error: unknown, neededBytes = 0): Promise<ClearReelError> {
  if (error instanceof ClearReelError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return storageFull(neededBytes, await freeBytes(), error);
  return asClearReelError(error, 'STORAGE_DENIED', { reason: reasonOf(error) });
}

/** @throws ClearReelError `STORAGE_FULL` before anything is written, when the job cannot fit. */
export async function requireFreeBytes(neededBytes: number): Promise<void> {
  requireFree(neededBytes, await freeBytes());
}
