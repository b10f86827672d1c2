import { defaultModel } from '../settings/kinds.ts';
import { useDrafts } from './drafts-store.ts';

let isWarm = false;

/** Called at the first sign that someone is about to give a file: the engine is ready when the file comes. */
export function warmUp(): void {
  if (isWarm) return;
  isWarm = true;
  const load = async () => {
    const { usePreview } = await import('../preview/preview-store.ts');
    await usePreview.getState().warmUp(defaultModel, useDrafts.getState().host);
  };
  load().catch(() => {
    // It is loaded again when it is needed, and a failure is told there.
    isWarm = false;
  });
}
