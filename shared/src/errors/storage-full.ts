import { because } from '../notices/reasons.ts';
import { ClearReelError } from './clear-reel-error.ts';

/** @param neededBytes 0 where nobody knows. @param freeBytes what the host says, `null` where it says nothing */
export const storageFull = (neededBytes: number, freeBytes: number | null, cause?: unknown) =>
  new ClearReelError(
    'STORAGE_FULL',
    {
      needed: neededBytes > 0 ? because('SPACE_ABOUT', { neededBytes }) : because('SPACE_MORE'),
      // Chromium's estimate is a round figure that a full disk does not change, and a quota ends before the disk does:
      // then the number says nothing.
      free:
        freeBytes === null || freeBytes > neededBytes
          ? because('SPACE_NONE')
          : because('SPACE_LEFT', { freeBytes }),
    },
    { cause },
  );

/** @throws ClearReelError `STORAGE_FULL` before anything is written, when it cannot fit. */
export function requireFree(neededBytes: number, freeBytes: number | null): void {
  if (freeBytes !== null && freeBytes < neededBytes) throw storageFull(neededBytes, freeBytes);
}
