import { transfer } from 'comlink';
import type { Outcome } from '../engine/outcome.ts';
import type { PreviewApi } from './preview-api.ts';
import { PreviewSession } from './preview-session.ts';

type OutcomeOf = <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<Outcome<T>>;

/** Bitmaps are handed over, not copied. */
const handOver = <T extends { readonly bitmap: ImageBitmap }>(outcome: Outcome<T>): Outcome<T> =>
  outcome.ok ? transfer(outcome, [outcome.value.bitmap]) : outcome;

/** The worker's part of the preview. Errors cross as data. */
export function previewMethods(outcomeOf: OutcomeOf): PreviewApi {
  const session = new PreviewSession();
  return {
    warmUpPreview: (model, host) => outcomeOf(() => session.warmUp(model, host)),
    async openPreview(file, host) {
      const outcome = await outcomeOf((signal) => session.open(file, host, signal));
      return outcome.ok ? transfer(outcome, [outcome.value.frameSeconds.buffer]) : outcome;
    },
    previewPoster: async () => handOver(await outcomeOf((signal) => session.poster(signal))),
    previewThumbnail: () => outcomeOf(() => session.thumbnail()),
    previewFrame: async (seconds) =>
      handOver(await outcomeOf((signal) => session.frame(seconds, signal))),
    enhancePreview: async (request, onParts) =>
      handOver(
        await outcomeOf((signal) =>
          session.enhance(
            request,
            (parts) => {
              const bitmaps = parts.tiles.map(({ bitmap }) => bitmap);
              // A page that cannot show a part is shown the whole.
              Promise.resolve(onParts(transfer(parts, bitmaps))).catch(() => {});
            },
            signal,
          ),
        ),
      ),
    closePreview: () => outcomeOf(() => session.close().then(() => true as const)),
  };
}
