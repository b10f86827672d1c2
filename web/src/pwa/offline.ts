import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { requireFreeBytes, storageError } from '../storage/storage-error.ts';
import { isKept, isQuotaError, keepFile } from './large-files.ts';
import { largeFileList } from './names.ts';
import { filesForJobs } from './offline-kit.ts';
import { whenQuiet } from './quiet.ts';
import { setOffline } from './store.ts';

interface Missing {
  readonly url: string;
  readonly bytes: number;
}

async function missingFiles(): Promise<readonly Missing[]> {
  const list = await fetch(largeFileList);
  if (!list.ok) throw new Error(`the server answered ${list.status}`);
  const bytesOf: Record<string, number> = await list.json();
  const missing: Missing[] = [];
  for (const url of await filesForJobs()) {
    const bytes = bytesOf[url];
    if (bytes === undefined) throw new Error(`${url} is not part of this version`);
    if (!(await isKept(url))) missing.push({ url, bytes });
  }
  return missing;
}

async function loadMissing(missing: readonly Missing[], turn: () => Promise<void>): Promise<void> {
  const totalBytes = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  let doneBytes = 0;
  await requireFreeBytes(totalBytes);
  for (const { url, bytes } of missing) {
    await turn();
    setOffline({ state: 'loading', receivedBytes: doneBytes, totalBytes });
    await keepFile(url, bytes, (received) => setOffline({ receivedBytes: doneBytes + received }));
    doneBytes += bytes;
  }
}

const failure = async (error: unknown) =>
  isQuotaError(error) ? storageError(error) : asClearReelError(error, 'OFFLINE_FAILED');

/** Fetches what jobs need here and is not kept yet; one tab at a time does it, and the others find it done. */
function loadAll(turn: () => Promise<void>): Promise<void> {
  return navigator.locks.request('clearreel-offline', async () => {
    try {
      // Without it nothing would be served from what is kept.
      await navigator.serviceWorker.ready;
      const missing = await missingFiles();
      if (missing.length > 0) await loadMissing(missing, turn);
      setOffline({ state: 'ready', error: null });
    } catch (error) {
      setOffline({ state: 'failed', error: (await failure(error)).toReport() });
    }
  });
}

interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
}

function isMetered(): boolean {
  const { connection } = navigator as { connection?: Connection };
  return connection?.saveData === true || connection?.type === 'cellular';
}

/** In moments when nobody needs the machine, unless the connection costs money. */
export async function loadWhenQuiet(): Promise<void> {
  if (isMetered()) {
    setOffline({ isMetered: true });
    if ((await missingFiles()).length > 0) return;
  }
  await whenQuiet();
  await loadAll(whenQuiet);
}

/** Because the user asks: at once, on any connection. */
export const loadNow = (): Promise<void> => loadAll(async () => {});
