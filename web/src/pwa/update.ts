import { untilNothingWouldBeLost, wouldLoseWork } from './busy.ts';
import { usePwa } from './store.ts';

let asked: Promise<void> | null = null;

async function apply(): Promise<void> {
  if (await wouldLoseWork()) usePwa.setState({ update: { state: 'after-work' } });
  await untilNothingWouldBeLost();
  const registration = await navigator.serviceWorker.getRegistration();
  // Every tab hears of the new one and reloads; see `reloadForUpdate`.
  registration?.waiting?.postMessage({ type: 'SKIP_WAITING' });
}

/** Goes over to the version that waits: at once, or after the jobs and the unsaved work of all tabs. */
export function applyUpdate(): Promise<void> {
  asked ??= apply().finally(() => {
    asked = null;
  });
  return asked;
}

/** A new version has taken over, asked for in this tab or another one. */
export async function reloadForUpdate(): Promise<void> {
  await untilNothingWouldBeLost();
  location.reload();
}
