import type { ErrorCode } from '@clearreel/shared/errors/codes';

/** What may go well the next time: the machine failed, not the file and not what was asked for. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DEVICE_LOST',
  'ENCODER_FAILED',
  'INFERENCE_FAILED',
  'INTERNAL',
  'JOIN_FAILED',
  'STAGE_STALLED',
  'STORAGE_DENIED',
  'STORAGE_FULL',
  'WORKER_CRASHED',
  'WORKER_LOST',
]);

export const isRetryable = (code: ErrorCode): boolean => passing.has(code);
