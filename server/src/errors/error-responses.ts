import type { ErrorBody } from '@clearreel/shared/api/errors';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { statusOf } from './status.ts';

/** What Express and its body reader throw: an error that says which status it means. */
const isOfClient = (error: unknown): error is Error & { status: number; limit?: number } =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500;

/** An error that may be shown: of what is not of our making, nothing but where the log has it. */
export function shownError(error: unknown, requestId: string): ClearReelError {
  if (error instanceof ClearReelError && error.code !== 'INTERNAL') return error;
  if (isOfClient(error)) {
    return error.status === 413
      ? new ClearReelError('REQUEST_TOO_LARGE', { limitBytes: error.limit ?? 0 })
      : new ClearReelError('REQUEST_UNREADABLE', { reason: error.message });
  }
  return new ClearReelError('INTERNAL', { reason: because('LOGGED', { requestId }) });
}

export const errorBody = (error: ClearReelError, requestId: string): ErrorBody => ({
  error: { ...error.toReport(), requestId },
});

export const answerNotFound: RequestHandler = () => {
  throw new ClearReelError('ADDRESS_UNKNOWN');
};

/** The last handler: every error leaves as data, and never with a stack. */
export const answerError: ErrorRequestHandler = (error, request, response, next) => {
  // Whoever asked has gone: nobody is left to answer, and nothing has failed here.
  if (response.closed) return;
  if (response.headersSent) return next(error);
  const requestId = String(request.id);
  const shown = shownError(error, requestId);
  const status = isOfClient(error) ? error.status : statusOf(shown.code);
  if (status === 500) request.log.error({ err: error }, 'request failed');
  if (shown.code === 'TOKEN_WRONG') response.set('WWW-Authenticate', 'Bearer');
  if (shown.code === 'REQUESTS_TOO_MANY') response.set('Retry-After', String(shown.detail.seconds));
  response.status(status).json(errorBody(shown, requestId));
};
