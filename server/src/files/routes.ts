import { basename, dirname } from 'node:path';
import {
  readFrame,
  readResult,
  readSideFile,
  readSource,
  readThumbnail,
} from '@clearreel/shared/api/files';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { type Response, Router } from 'express';
import { route } from '../http/route.ts';
import type { JobFiles } from '../jobs/job-files.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import { findJob } from '../jobs/routes.ts';
import type { StoredJob } from '../jobs/stored-job.ts';
import { codeOf } from '../storage/disk-error.ts';
import type { Pictures } from './pictures.ts';
import { sendPicture } from './send-picture.ts';

interface FileOptions {
  readonly repository: JobRepository;
  readonly files: JobFiles;
  readonly pictures: Pictures;
}

interface Offered {
  /** Absolute, of names of our own making. */
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

function coded(error: Error): Error {
  if (codeOf(error) === 'ENOENT') return new ClearReelError('FILE_GONE');
  const status = 'status' in error ? error.status : undefined;
  if (status === 412) return new ClearReelError('FILE_DIFFERS');
  return status === 416 ? new ClearReelError('RANGE_OUTSIDE') : error;
}

/** Sends a file or the part of it that is asked for. */
function offer({ path, fileName, mimeType, tag }: Offered, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    response.attachment(fileName);
    // Not by Express, which would name a character set for videos too.
    response.setHeader('Content-Type', mimeType);
    response.set({
      ETag: `"${tag}"`,
      'Cache-Control': 'private, no-cache',
    });
    const options = { root: dirname(path), cacheControl: false };
    response.sendFile(basename(path), options, (error) => {
      if (!error || response.headersSent) return resolve();
      for (const name of ['Content-Disposition', 'Content-Type', 'ETag', 'Last-Modified'])
        response.removeHeader(name);
      response.set('Cache-Control', 'no-store');
      reject(coded(error));
    });
  });
}

function resultOf(job: StoredJob): NonNullable<StoredJob['result']> {
  if (!job.result) throw new ClearReelError('JOB_CHANGED');
  return job.result;
}

/** Results, what lies beside them, sources, and pictures of both, for whoever has been given the link. */
export function fileRoutes({ repository, files, pictures }: FileOptions): Router {
  const router = Router();

  route(router, readResult, async ({ params, response }) => {
    const job = await findJob(repository, params.jobId);
    const { epoch, fileName, mimeType } = resultOf(job);
    const path = files.resultPath(job);
    if (!path) throw new ClearReelError('JOB_CHANGED');
    await offer({ path, fileName, mimeType, tag: `${job.id}-${epoch}` }, response);
  });

  route(router, readSideFile, async ({ params: { jobId, index }, response }) => {
    const job = await findJob(repository, jobId);
    const { epoch, sideFiles } = resultOf(job);
    const path = files.resultPath(job, index);
    const fileName = sideFiles[index]?.fileName;
    if (!path || fileName === undefined) throw new ClearReelError('ADDRESS_UNKNOWN');
    const mimeType = sideTypes[fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    await offer({ path, fileName, mimeType, tag: `${job.id}-${epoch}-${index}` }, response);
  });

  route(router, readSource, async ({ params, response }) => {
    const { uploadId, sourceName: fileName } = await findJob(repository, params.jobId);
    const upload = await repository.findUpload(uploadId);
    const mimeType = videoTypes[upload?.facts?.container ?? ''] ?? 'application/octet-stream';
    await offer({ path: files.sourcePath(uploadId), fileName, mimeType, tag: uploadId }, response);
  });

  route(router, readThumbnail, async ({ params, response }) => {
    const job = await findJob(repository, params.jobId);
    sendPicture(await pictures.thumbnail(job), job.uploadId, response);
  });

  route(router, readFrame, async ({ params: { jobId, side }, query: { atSeconds }, response }) => {
    const job = await findJob(repository, jobId);
    const picture = await pictures.frame(job, side, atSeconds);
    const tag = `${job.id}-${resultOf(job).epoch}-${side}-${atSeconds ?? ''}`;
    sendPicture(picture, tag, response);
  });

  return router;
}
