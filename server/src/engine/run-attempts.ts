import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice } from '@clearreel/shared/media/facts';
import { addProgress, type Progress } from '@clearreel/shared/pipeline/progress';
import { nextAttempt } from '@clearreel/shared/pipeline/recovery';
import type { ServerProvider } from '../inference/provider.ts';
import { attemptJob } from './attempt-job.ts';
import type { Backends } from './backends.ts';
import { serverFallbacks } from './fallbacks.ts';
import type { FinishedRun, RunJobOptions } from './run-options.ts';

/** Runs a job to its end: the same again a bounded number of times, then with the next provider of the list. */
export async function runAttempts(
  options: RunJobOptions,
  backends: Backends,
): Promise<FinishedRun> {
  const said: Notice[] = [];
  let { providers } = options;
  let fruitless = 0;
  let before: Progress | null = null;
  for (;;) {
    let last: Progress | null = null;
    let stored = 0;
    let refusal: { error: unknown } | null = null;
    try {
      const finished = await attemptJob(
        {
          ...options,
          providers,
          onProgress(progress) {
            last = progress;
            options.onProgress(addProgress(before, progress));
          },
          async onSegment(segment) {
            try {
              await options.onSegment(segment);
              stored++;
            } catch (error) {
              refusal = { error };
              throw error;
            }
          },
        },
        backends,
      );
      return { ...finished, notices: [...said, ...finished.notices] };
    } catch (error) {
      await backends.drop();
      if (refusal) throw (refusal as { error: unknown }).error;
      if (options.signal.aborted) throw asCancelled(options.signal.reason);
      const failure = asClearReelError(error);
      const ran = last as Progress | null;
      // The engine's backends have no other providers.
      const provider = (ran?.provider ?? undefined) as ServerProvider | undefined;
      // Segments are finite, so attempts that each finish one are bounded too.
      fruitless = stored > 0 ? 1 : fruitless + 1;
      const next = nextAttempt(
        failure,
        fruitless,
        provider === undefined ? {} : { provider },
        serverFallbacks,
      );
      if (next.kind === 'give up') throw failure;
      if (next.kind === 'fallback') {
        providers = provider ? providers.slice(providers.indexOf(provider) + 1) : [];
        if (providers.length === 0) throw failure;
      }
      said.push(next.notice);
      if (ran) before = addProgress(before, ran);
    }
  }
}

const asCancelled = (reason: unknown): ClearReelError =>
  reason instanceof ClearReelError
    ? reason
    : new ClearReelError('CANCELLED', {}, { cause: reason });
