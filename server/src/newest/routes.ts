import { readNewestFrame, showNewestFrame } from '@clearreel/shared/api/newest';
import { Router } from 'express';
import { route } from '../http/route.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import { findJob } from '../jobs/routes.ts';
import type { Links } from '../security/links.ts';
import type { NewestFrames } from './newest-frames.ts';

interface NewestOptions {
  readonly repository: JobRepository;
  readonly newest: NewestFrames;
  readonly links: Links;
}

export function newestRoutes({ repository, newest, links }: NewestOptions): Router {
  const router = Router();

  route(router, showNewestFrame, async ({ params: { jobId }, response }) => {
    await findJob(repository, jobId);
    const kept = newest.ask(jobId);
    if (!kept) {
      response.status(204).end();
      return;
    }
    const link = (side: 'before' | 'after') =>
      links.make(`/jobs/${jobId}/newest-frame/${kept.id}/${side}`);
    const { timestampSeconds } = kept.pictures;
    response.json({ timestampSeconds, before: link('before'), after: link('after') });
  });

  route(router, readNewestFrame, ({ params: { jobId, frameId, side }, response }) => {
    const { buffer, byteOffset, byteLength } = newest.picture(jobId, frameId, side);
    // What goes with its job is not to stay in a cache either.
    response.type('webp').send(Buffer.from(buffer, byteOffset, byteLength));
  });

  return router;
}
