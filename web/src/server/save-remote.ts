import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { chooseTarget } from '../job/save.ts';
import type { ServerClient } from './server-client.ts';
import { serverAway } from './server-error.ts';

export interface ReceivedSoFar {
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export interface RemoteFile {
  readonly fileName: string;
  readonly bytes: number;
  /** One that holds now. */
  link(): Promise<string>;
}

type OnReceived = (received: ReceivedSoFar) => void;

/** Passes on what comes, and fails at the end where it is not all. */
function counted(totalBytes: number, onReceived: OnReceived) {
  let receivedBytes = 0;
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, controller) {
      receivedBytes += part.byteLength;
      onReceived({ receivedBytes, totalBytes });
      controller.enqueue(part);
    },
    flush(controller) {
      if (receivedBytes === totalBytes) return;
      controller.error(new ClearReelError('RESULT_CUT_SHORT', { receivedBytes, totalBytes }));
    },
  });
}

/** What a connection that breaks in the middle says. */
const asAway = (client: ServerClient) => (error: unknown) => {
  throw error instanceof TypeError ? serverAway(client.address, error) : error;
};

/** Streams a file of a server to where the user wants it, without a copy in the browser. */
export async function saveRemote(
  client: ServerClient,
  file: RemoteFile,
  onReceived: OnReceived,
): Promise<void> {
  const target = await chooseTarget(file.fileName);
  if (!target) return;
  const { body } = await client.read(await file.link());
  // What is written is kept only when it is whole.
  const writable = await target.createWritable();
  await body?.pipeThrough(counted(file.bytes, onReceived)).pipeTo(writable).catch(asAway(client));
}

/** Brings a file of a server into the browser's memory. */
export async function fetchRemote(
  client: ServerClient,
  file: RemoteFile & { readonly mimeType: string },
  signal: AbortSignal,
  onReceived: OnReceived,
): Promise<File> {
  const { body } = await client.read(await file.link(), signal);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const kept = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (part) => void parts.push(part),
  });
  await body?.pipeThrough(counted(file.bytes, onReceived)).pipeTo(kept).catch(asAway(client));
  return new File(parts, file.fileName, { type: file.mimeType });
}
