import { asClearReelError, type ErrorReport } from '@clearreel/shared/errors/clear-reel-error';

export const reportOf = (error: unknown): ErrorReport =>
  asClearReelError(error, 'INTERNAL', { stage: 'the queue' }).toReport();

/** Does `work` for each, whatever happens to the others, and then throws the first error. */
export async function forEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items) await work(item).catch((error) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
