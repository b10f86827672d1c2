import { asClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';

/** Whatever was thrown, as data that can be shown. @param stage where, if it has no code of its own */
export const reportOf = (error: unknown, stage = 'the page'): ErrorReport =>
  asClearReelError(error, 'INTERNAL', { stage }).toReport();
