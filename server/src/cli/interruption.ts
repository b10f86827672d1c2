import {
  asClearReelError,
  ClearReelError,
  reasonOf,
} from '@clearreel/shared/errors/clear-reel-error';
import { storageFull } from '@clearreel/shared/errors/storage-full';
import { codeOf, isDiskFull } from '../storage/disk-error.ts';

const interruption = new ClearReelError('CANCELLED');

/** The first Ctrl-C ends the work in good order; npm and terminals may send several. */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => controller.abort(interruption);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  process.stdout.on('error', (error) => controller.abort(outputLost(error)));
  return controller.signal;
}

/** By a user, or by a reader of the output who has gone; not by a disk that the output no longer fits on. */
export const isInterrupted = ({ reason }: AbortSignal): boolean => reason === interruption;

function outputLost(error: Error): ClearReelError {
  if (codeOf(error) === 'EPIPE') return interruption;
  // Which disk it is on, nobody says.
  if (isDiskFull(error)) return storageFull(0, null, error);
  return asClearReelError(error, 'STORAGE_DENIED', { reason: reasonOf(error) });
}
