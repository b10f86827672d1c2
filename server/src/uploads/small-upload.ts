import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { ClearReelError, reasonOf } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import type { Request, Response } from 'express';
import multer from 'multer';
import type { StoredUpload } from '../jobs/stored-job.ts';
import { codeOf, diskError } from '../storage/disk-error.ts';
import { sourceName } from './source-name.ts';
import type { Uploads } from './uploads.ts';

/** `Content-Length` says how much comes at most; without it, it may be as much as is allowed. */
const announcedBytes = (request: Request, limitBytes: number): number =>
  Math.min(Number(request.headers['content-length'] ?? limitBytes) || limitBytes, limitBytes);

/** Only the file system's own errors have a code, besides those of `multer`: all others are of a form that is damaged. */
async function coded(
  error: unknown,
  incomingFolder: string,
  limitBytes: number,
): Promise<ClearReelError> {
  if (error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE') {
    return new ClearReelError('UPLOAD_TOO_LARGE', { limitBytes });
  }
  return error instanceof multer.MulterError || codeOf(error) === undefined
    ? new ClearReelError('REQUEST_UNREADABLE', { reason: reasonOf(error) }, { cause: error })
    : await diskError(error, incomingFolder);
}

/**
 * Takes a file as the part `file` of a form. It has a record only once it is whole; until then it lies in
 * `incomingFolder`, where nothing of value does.
 */
export function smallUpload(uploads: Uploads, incomingFolder: string) {
  const limitBytes = uploads.smallBytes;
  const receive = multer({
    storage: multer.diskStorage({
      destination: incomingFolder,
      filename: (_request, _file, done) => done(null, randomUUID()),
    }),
    limits: { fileSize: limitBytes, files: 1, fields: 0, parts: 2, headerPairs: 20 },
    defParamCharset: 'utf8',
  }).single('file');

  return async (request: Request, response: Response): Promise<StoredUpload> => {
    await uploads.admit(announcedBytes(request, limitBytes));
    await new Promise<void>((resolve, reject) => {
      receive(request, response, (error) => (error ? reject(error) : resolve()));
    }).catch(async (error: unknown) => {
      throw await coded(error, incomingFolder, limitBytes);
    });
    const { file } = request;
    if (!file) {
      throw new ClearReelError('REQUEST_INVALID', {
        option: 'file',
        mustBe: because('OF_TYPE', { type: 'multipart/form-data' }),
      });
    }
    try {
      if (file.size === 0) throw new ClearReelError('SOURCE_EMPTY');
      await uploads.begin(file.filename, sourceName(file.originalname), file.size);
      await rename(file.path, uploads.pathOf(file.filename));
    } finally {
      await rm(file.path, { force: true });
    }
    return await uploads.complete(file.filename);
  };
}
