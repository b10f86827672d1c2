import { counting } from './counting.ts';
import { tellDownload } from './download-news.ts';
import { isKept } from './large-files.ts';

interface LocalCopy {
  readonly url: string;
  /** Once it is loaded; the end of the worker does the same. */
  release(): void;
}

/** `null` where the length of what arrives is not known before. */
function lengthOf({ headers }: Response): number | null {
  return headers.has('content-encoding') ? null : Number(headers.get('content-length')) || null;
}

/**
 * Downloads a large file that a library loads by its address, so that whoever waits sees how far it is. Gives the
 * address to load it from: a blob's, or the file's own where it need not come over the network.
 * @throws Error where the server refuses or the connection breaks
 */
export async function localCopyOf(url: string): Promise<LocalCopy> {
  if (await isKept(url)) return { url, release: () => {} };
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
  const bytes = lengthOf(response);
  const body = response.body.pipeThrough(
    counting(bytes === null ? () => {} : tellDownload(url, bytes)),
  );
  // WebAssembly compiles while it arrives only under its own type.
  const headers = { 'content-type': response.headers.get('content-type') ?? '' };
  const copy = URL.createObjectURL(await new Response(body, { headers }).blob());
  return { url: copy, release: () => URL.revokeObjectURL(copy) };
}
