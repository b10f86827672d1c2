import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { chooseTarget } from '../job/save.ts';
import type { ServerClient } from './server-client.ts';
import { serverAway } from './server-error.ts';

export interface SavedSoFar {
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

/** Streams a file of a server to where the user wants it, without a copy in the browser. */
export async function saveRemote(
  client: ServerClient,
  file: { readonly fileName: string; readonly bytes: number; link(): Promise<string> },
  onProgress: (saved: SavedSoFar) => void,
): Promise<void> {
  const target = await chooseTarget(file.fileName);
  if (!target) return;
  const { body } = await client.read(await file.link());
  const totalBytes = file.bytes;
  let receivedBytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, controller) {
      receivedBytes += part.byteLength;
      onProgress({ receivedBytes, totalBytes });
      controller.enqueue(part);
    },
    flush(controller) {
      // What is written is kept only when it is whole.
      if (receivedBytes === totalBytes) return;
      controller.error(new ClearReelError('RESULT_CUT_SHORT', { receivedBytes, totalBytes }));
    },
  });
  const writable = await target.createWritable();
  await body
    ?.pipeThrough(counting)
    .pipeTo(writable)
    .catch((error) => {
      throw error instanceof TypeError ? serverAway(client.address, error) : error;
    });
}
