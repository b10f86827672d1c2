import { defaultModel } from '@clearreel/shared/spec/default-model';

/** Network Information, which not every browser has (nor TypeScript's library). */
const isMetered = () =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

let isWarm = false;

/** Starts the preview's worker, which loads what the first preview needs. Once, however often it is called. */
export async function warmUpNow(): Promise<void> {
  if (isWarm) return;
  isWarm = true;
  try {
    const { usePreview } = await import('./preview-store.ts');
    await usePreview.getState().warmUp(defaultModel, {});
  } catch {
    isWarm = false; // What is wrong is told when a preview is wanted.
  }
}

/**
 * The same once the page has nothing to do, but not where data is to be saved. `loadPage` loads what shows the preview.
 * The result takes it back.
 */
export function warmUpWhenIdle(loadPage: () => Promise<unknown>): () => void {
  if (isMetered()) return () => {};
  const warm = () => {
    loadPage().catch(() => {}); // Told when it is needed.
    void warmUpNow();
  };
  // Not in every browser.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(warm, 2000);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(warm, { timeout: 10_000 });
  return () => cancelIdleCallback(request);
}
