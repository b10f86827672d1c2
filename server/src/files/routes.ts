import { join } from 'node:path';
import { readResult, readSideFile, readSource } from '@clearreel/shared/api/files';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { type Response, Router } from 'express';
import { route } from '../http/route.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import { findJob } from '../jobs/routes.ts';
import type { StoredJob } from '../jobs/stored-job.ts';

interface FileOptions {
  readonly repository: JobRepository;
  readonly dataFolder: string;
}

interface Offered {
  /** Relative to the data folder, of names of our own making. */
  readonly path: string;
  readonly fileName: string;
  readonly mimeType: string;
  /** Names these bytes and no others. */
  readonly tag: string;
}

const videoTypes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
};

/** By extension, for what lies beside a result. No type that a browser would run. */
const sideTypes: Readonly<Record<string, string>> = {
  vtt: 'text/vtt; charset=utf-8',
  srt: 'text/plain; charset=utf-8',
  ass: 'text/plain; charset=utf-8',
};

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Sends a file or the part of it that is asked for. */
function offer(
  dataFolder: string,
  { path, fileName, mimeType, tag }: Offered,
  response: Response,
): Promise<void> {
  return new Promise((resolve, reject) => {
    response.attachment(fileName);
    // Not by Express, which would name a character set for videos too.
    response.setHeader('Content-Type', mimeType);
    response.set({
      ETag: `"${tag}"`,
      'Cache-Control': 'private, no-cache',
    });
    response.sendFile(
      path,
      { root: dataFolder, cacheControl: false, dotfiles: 'allow' },
      (error) => {
        if (!error || response.headersSent) return resolve();
        for (const name of ['Content-Disposition', 'Content-Type', 'ETag'])
          response.removeHeader(name);
        reject(isGone(error) ? new ClearReelError('FILE_GONE') : error);
      },
    );
  });
}

function resultOf(job: StoredJob): NonNullable<StoredJob['result']> {
  if (!job.result) throw new ClearReelError('JOB_CHANGED');
  return job.result;
}

/** Results, what lies beside them, and sources, for whoever has been given the link. */
export function fileRoutes({ repository, dataFolder }: FileOptions): Router {
  const router = Router();

  route(router, readResult, async ({ params, response }) => {
    const job = await findJob(repository, params.jobId);
    const { epoch, storedName, fileName, mimeType } = resultOf(job);
    const path = join('jobs', job.id, String(epoch), storedName);
    await offer(dataFolder, { path, fileName, mimeType, tag: `${job.id}-${epoch}` }, response);
  });

  route(router, readSideFile, async ({ params, response }) => {
    const job = await findJob(repository, params.jobId);
    const { epoch, sideFiles } = resultOf(job);
    const file = sideFiles[params.index];
    if (!file) throw new ClearReelError('ADDRESS_UNKNOWN');
    const { storedName, fileName } = file;
    const path = join('jobs', job.id, String(epoch), storedName);
    const mimeType = sideTypes[fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    const tag = `${job.id}-${epoch}-${params.index}`;
    await offer(dataFolder, { path, fileName, mimeType, tag }, response);
  });

  route(router, readSource, async ({ params, response }) => {
    const { uploadId, sourceName: fileName } = await findJob(repository, params.jobId);
    const upload = await repository.findUpload(uploadId);
    const mimeType = videoTypes[upload?.facts?.container ?? ''] ?? 'application/octet-stream';
    const path = join('uploads', uploadId);
    await offer(dataFolder, { path, fileName, mimeType, tag: uploadId }, response);
  });

  return router;
}
