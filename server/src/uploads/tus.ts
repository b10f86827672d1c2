import { randomUUID } from 'node:crypto';
import { apiBase } from '@clearreel/shared/api/operation';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { Server, Upload } from '@tus/server';
import type { Request, Response } from 'express';
import { NodeRequest, sendNodeResponse } from 'srvx/node';
import { sourceName } from './source-name.ts';
import { UploadStore } from './upload-store.ts';
import type { Uploads } from './uploads.ts';

/** tus's own record of an upload is ours: there is no second one to disagree with it. */
class RecordsOfUploads {
  readonly #uploads: Uploads;
  constructor(uploads: Uploads) {
    this.#uploads = uploads;
  }

  async get(id: string): Promise<Upload> {
    const { bytes, sourceName: filename, createdAtMs } = await this.#uploads.find(id);
    const creation_date = new Date(createdAtMs).toISOString();
    return new Upload({ id, size: bytes, offset: 0, metadata: { filename }, creation_date });
  }

  async set(id: string, { size = 0, metadata }: Upload): Promise<void> {
    await this.#uploads.begin(id, sourceName(metadata?.filename), size);
  }

  async delete(id: string): Promise<void> {
    await this.#uploads.remove(id);
  }
}

interface TusError {
  readonly status_code?: number;
  readonly body?: string;
}

function codedError({ status_code = 500, body = '' }: TusError, limitBytes: number): unknown {
  switch (status_code) {
    case 404:
    case 410:
      return new ClearReelError('UPLOAD_MISSING');
    case 409:
      return new ClearReelError('UPLOAD_OFFSET');
    case 413:
      return new ClearReelError('UPLOAD_TOO_LARGE', { limitBytes });
    default:
      return status_code < 500
        ? new ClearReelError('REQUEST_UNREADABLE', { reason: body.trim() })
        : new Error(body || 'tus failed');
  }
}

/** Answers the requests of the tus protocol. What goes wrong is thrown, so that it is answered like everything else. */
export function tusHandler(uploads: Uploads, folder: string) {
  const failures = new WeakMap<globalThis.Request, unknown>();
  const server = new Server({
    path: `${apiBase}/uploads`,
    relativeLocation: true,
    maxSize: uploads.limitBytes,
    datastore: new UploadStore({ directory: folder, configstore: new RecordsOfUploads(uploads) }),
    namingFunction: () => randomUUID(),
    async onIncomingRequest(_request, id) {
      uploads.pathOf(id);
    },
    async onUploadCreate(_request, { size }) {
      if (size === undefined) {
        throw new ClearReelError('REQUEST_UNREADABLE', { reason: 'Upload-Length is missing' });
      }
      await uploads.admit(size);
      return {};
    },
    async onUploadFinish(_request, { id }) {
      await uploads.complete(id);
      return {};
    },
    onResponseError(request, error) {
      failures.set(request, error);
      return undefined;
    },
  });

  return async (request: Request, response: Response): Promise<void> => {
    const asked = new NodeRequest({ req: request, res: response });
    const answer = await server.handleWeb(asked);
    if (answer.status >= 400) {
      const error = failures.get(asked) ?? {
        status_code: answer.status,
        body: await answer.text(),
      };
      response.set('Tus-Resumable', '1.0.0');
      throw error instanceof ClearReelError ? error : codedError(error, uploads.limitBytes);
    }
    await sendNodeResponse(response, answer);
  };
}
