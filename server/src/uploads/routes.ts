import {
  askUpload,
  beginUpload,
  continueUpload,
  deleteUpload,
  showUpload,
  uploadSmall,
} from '@clearreel/shared/api/uploads';
import { Router } from 'express';
import { expressPath, route } from '../http/route.ts';
import { allowChecks, checkMs, limitBodyTime } from '../security/limits.ts';
import { smallUpload } from './small-upload.ts';
import { tusHandler } from './tus.ts';
import type { Uploads } from './uploads.ts';

/** One request of a resumable upload: whoever takes longer goes on with another. */
const pieceMs = 3_600_000;
const smallMs = 600_000;

interface Folders {
  readonly uploads: string;
  /** For small files on their way; emptied when the server starts. */
  readonly incoming: string;
}

export function uploadRoutes(uploads: Uploads, folders: Folders): Router {
  const router = Router();
  const tus = tusHandler(uploads, folders.uploads);
  const receiveSmall = smallUpload(uploads, folders.incoming);

  // Before what answers GET, which would answer HEAD too.
  for (const { method, path } of [beginUpload, askUpload, continueUpload]) {
    router[method](expressPath({ path }), limitBodyTime(pieceMs), allowChecks, tus);
  }

  router.use(expressPath(uploadSmall), limitBodyTime(smallMs), allowChecks);
  route(router, uploadSmall, async ({ request, response }) => {
    const upload = await receiveSmall(request, response);
    response.status(201).json(await uploads.show(upload));
  });

  route(router, showUpload, async ({ params, response }) => {
    response.setTimeout(checkMs);
    response.json(await uploads.show(await uploads.settle(params.uploadId)));
  });
  route(router, deleteUpload, async ({ params, response }) => {
    await uploads.remove(params.uploadId);
    response.status(204).end();
  });

  router.options(expressPath(beginUpload), tus);
  return router;
}
