import { createPreview, readPreview } from '@clearreel/shared/api/previews';
import { Router } from 'express';
import { sendPicture } from '../files/send-picture.ts';
import { route } from '../http/route.ts';
import { checkMs } from '../security/limits.ts';
import type { Links } from '../security/links.ts';
import { uploadFor } from '../uploads/upload-for.ts';
import type { Uploads } from '../uploads/uploads.ts';
import type { Previews } from './previews.ts';

interface PreviewRouteOptions {
  readonly previews: Previews;
  readonly uploads: Uploads;
  readonly links: Links;
}

export function previewRoutes({ previews, uploads, links }: PreviewRouteOptions): Router {
  const router = Router();

  route(router, createPreview, async ({ body: { uploadId, spec, atSeconds }, response }) => {
    response.setTimeout(checkMs);
    const { id: sourceId } = await uploadFor(spec, uploadId, uploads);
    const left = new AbortController();
    response.once('close', () => left.abort());
    const wish = { path: uploads.pathOf(sourceId), spec, atSeconds };
    const { id, pictures } = await previews.make(wish, left.signal);
    response.status(201).json({
      timestampSeconds: pictures.timestampSeconds,
      before: links.make(`/previews/${id}/before`),
      after: links.make(`/previews/${id}/after`),
    });
  });

  route(router, readPreview, ({ params: { previewId, side }, response }) => {
    sendPicture(previews.picture(previewId, side), `${previewId}-${side}`, response);
  });

  return router;
}
