import { Workbox } from 'workbox-window';
import { tidyMessage } from './names.ts';
import { loadWhenQuiet } from './offline.ts';
import { forgetOldShares } from './share-inbox.ts';
import { usePwa } from './store.ts';
import { reloadForUpdate } from './update.ts';

const checkEveryMs = 60 * 60_000;

/** A tab may stay open for weeks, and the browser looks for a new version only when a page is opened. */
function checkNowAndThen(workbox: Workbox): void {
  let lastMs = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || performance.now() - lastMs < checkEveryMs) return;
    lastMs = performance.now();
    // Offline there is nothing new; the next time will do.
    workbox.update().catch(() => {});
  });
}

/**
 * Registers the service worker, looks after its updates, and makes jobs work without a network.
 * @throws what registering throws: the browser forbids it here, or the server is gone
 */
export async function startBackground(): Promise<void> {
  const { serviceWorker } = navigator;
  // The first one takes over a page of its own version; only a later one is an update.
  let hasWorker = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (hasWorker) void reloadForUpdate();
    hasWorker = true;
  });
  const workbox = new Workbox('/sw.js');
  workbox.addEventListener('waiting', () => usePwa.setState({ update: { state: 'waiting' } }));
  await workbox.register({ immediate: true });
  checkNowAndThen(workbox);
  const { active } = await serviceWorker.ready;
  active?.postMessage({ type: tidyMessage });
  await forgetOldShares();
  await loadWhenQuiet();
}
