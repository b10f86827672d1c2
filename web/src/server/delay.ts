import { abortable } from '@clearreel/shared/pipeline/abortable';

/** @throws the signal's reason, at once */
export const delay = (ms: number, signal: AbortSignal): Promise<void> =>
  abortable(new Promise<void>((resolve) => setTimeout(resolve, ms)), signal);
