import { asClearReelError, ClearReelError, reasonOf } from '../errors/clear-reel-error.ts';
import type { ErrorCode } from '../errors/codes.ts';

/** A `File` whose bytes changed or vanished since it was picked rejects every read with one of these names. */
const changedNames = new Set(['NotReadableError', 'NotFoundError']);

/** Gives what reading a source throws its code. `fallback` says what was being done. */
export function readError(error: unknown, fallback: ErrorCode): ClearReelError {
  if (error instanceof ClearReelError) return error;
  if (error instanceof Error && changedNames.has(error.name)) {
    return new ClearReelError('SOURCE_CHANGED', {}, { cause: error });
  }
  if (/decrypt|encrypt/i.test(reasonOf(error))) {
    return new ClearReelError('SOURCE_ENCRYPTED', {}, { cause: error });
  }
  return asClearReelError(error, fallback);
}
