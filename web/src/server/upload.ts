import { apiBase } from '@clearreel/shared/api/operation';
import { DetailedError, Upload } from 'tus-js-client';
import { type ServerClient, uploadIdIn } from './server-client.ts';
import { serverAway, serverError } from './server-error.ts';

export interface UploadOptions {
  readonly client: ServerClient;
  readonly file: File;
  /** Where an earlier attempt has come; absent: a new upload. */
  readonly uploadUrl: string | undefined;
  readonly signal: AbortSignal;
  /** Called with where it goes on after a reload, before the first byte is sent. */
  onBegin(uploadUrl: string): void;
  onProgress(sentBytes: number, totalBytes: number): void;
}

/** Proxies in front of a server often take no request without an end; a piece lost is sent again. */
const pieceBytes = 32 * 1024 ** 2;

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

function uploadError(address: string, error: Error): Error {
  const answer = error instanceof DetailedError ? error.originalResponse : null;
  return answer
    ? serverError(address, answer.getStatus(), parsed(answer.getBody()))
    : serverAway(address, error);
}

/** Sends what the server does not have yet, and gives the upload's id once it is complete and checked over there. */
export function uploadFile(options: UploadOptions): Promise<string> {
  const { client, file, uploadUrl, signal, onBegin, onProgress } = options;
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${client.address}${apiBase}/uploads`,
      uploadUrl: uploadUrl ?? null,
      headers: client.headers(),
      metadata: { filename: file.name },
      chunkSize: pieceBytes,
      // Whoever calls waits and tries again, and shows it.
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => upload.url && onBegin(upload.url),
      onProgress,
      onSuccess: () => resolve(uploadIdIn(upload.url ?? '')),
      onError: (error) => reject(uploadError(client.address, error)),
    });
    const stop = () => {
      upload.abort().catch(() => {}); // What the server has of it stays, on purpose.
      reject(signal.reason);
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    upload.start();
  });
}
