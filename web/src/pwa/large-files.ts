import { counting } from './counting.ts';
import { largeFileCache } from './names.ts';

/** Headers that say of the transfer what is no longer true of what was received. */
const ofTheTransfer = ['content-encoding', 'content-length', 'transfer-encoding'];

export async function isKept(url: string): Promise<boolean> {
  const cache = await caches.open(largeFileCache);
  return (await cache.match(url, { ignoreVary: true })) !== undefined;
}

export const isQuotaError = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

/**
 * Downloads a file into the cache from which the service worker serves it. A file that is not exactly `bytes` long is
 * not kept.
 * @param onProgress called with the bytes received so far
 */
export async function keepFile(
  url: string,
  bytes: number,
  onProgress: (receivedBytes: number) => void,
): Promise<void> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
  let received = 0;
  const body = response.body.pipeThrough(
    counting((receivedBytes) => {
      received = receivedBytes;
      onProgress(received);
    }, bytes),
  );
  const headers = new Headers(response.headers);
  for (const name of ofTheTransfer) headers.delete(name);
  const cache = await caches.open(largeFileCache);
  try {
    // Nothing is stored unless the body comes to its end.
    await cache.put(url, new Response(body, { headers }));
  } catch (error) {
    if (received === bytes || isQuotaError(error)) throw error;
    // The cache says of whatever breaks the body that there was a network error.
    throw new Error(`${received} of ${bytes} bytes arrived`, { cause: error });
  }
}
