import type { ErrorBody } from '@clearreel/shared/api/errors';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { type ErrorCode, errorTexts } from '@clearreel/shared/errors/codes';

/** What stands between a page and a server that is gone answers so; `LOCKED` is tus's for an upload not let go of yet. */
const passing: ReadonlySet<number> = new Set([408, 409, 423, 502, 503, 504]);

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object';

/** An answer from 400 on, as an error of ours. A newer server may know codes that this page does not. */
export function serverError(address: string, status: number, body: unknown): ClearReelError {
  if (isErrorBody(body)) {
    const { code, message, detail } = body.error;
    if (Object.hasOwn(errorTexts, code)) return ClearReelError.fromReport({ code, detail });
    return new ClearReelError('SERVER_REFUSED', { reason: message });
  }
  if (passing.has(status)) return serverAway(address);
  return new ClearReelError('SERVER_REFUSED', { reason: `HTTP ${status}` });
}

export const serverAway = (address: string, cause?: unknown): ClearReelError =>
  new ClearReelError('SERVER_AWAY', { server: address }, { cause });

const hasCode = (error: unknown, codes: readonly ErrorCode[]): error is ClearReelError =>
  error instanceof ClearReelError && codes.includes(error.code);

/** What passes by itself: worth another try later. */
export const isPassing = (error: unknown): error is ClearReelError =>
  hasCode(error, ['SERVER_AWAY', 'REQUESTS_TOO_MANY', 'UPLOAD_OFFSET']);

export const isTokenWrong = (error: unknown): error is ClearReelError =>
  hasCode(error, ['TOKEN_WRONG']);

export const isUploadInUse = (error: unknown): error is ClearReelError =>
  hasCode(error, ['UPLOAD_IN_USE']);

/** The server knows the job or the upload no more, or never did. */
export const isGone = (error: unknown): error is ClearReelError =>
  hasCode(error, ['JOB_MISSING', 'UPLOAD_MISSING']);
