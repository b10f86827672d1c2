import { asClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';

/** Whatever was thrown, as data that can be shown. */
export const reportOf = (error: unknown): ErrorReport =>
  asClearReelError(error, 'INTERNAL', { stage: 'the page' }).toReport();
