import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { apiBase } from '@clearreel/shared/api/operation';
import { Upload } from 'tus-js-client';

/** Through tus, with the client that the app uses. Gives the upload's id. */
export async function uploadFile(serverUrl: string, path: string): Promise<string> {
  const { size } = await stat(path);
  return new Promise((resolve, reject) => {
    const upload = new Upload(createReadStream(path), {
      endpoint: new URL(`${apiBase}/uploads`, serverUrl).href,
      uploadSize: size,
      chunkSize: 64 * 1024 * 1024,
      metadata: { filename: 'a video.mp4' },
      retryDelays: [],
      onError: reject,
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
    });
    upload.start();
  });
}
