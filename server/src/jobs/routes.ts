import {
  cancelJob,
  createJob,
  deleteJob,
  listJobs,
  retryJob,
  showJob,
} from '@clearreel/shared/api/jobs';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { Router } from 'express';
import { route } from '../http/route.ts';
import { checkMs } from '../security/limits.ts';
import { uploadFor } from '../uploads/upload-for.ts';
import type { Uploads } from '../uploads/uploads.ts';
import type { JobRepository } from './job-repository.ts';
import type { JobView } from './show-job.ts';
import type { StoredJob } from './stored-job.ts';

interface JobRouteOptions {
  readonly repository: JobRepository;
  readonly view: JobView;
  readonly uploads: Uploads;
  /** Deletes the record and every file that belongs to it. */
  readonly removeJob: (id: string) => Promise<void>;
}

export async function findJob(repository: JobRepository, id: string): Promise<StoredJob> {
  const job = await repository.findJob(id);
  if (!job) throw new ClearReelError('JOB_MISSING');
  return job;
}

export function jobRoutes({ repository, view, uploads, removeJob }: JobRouteOptions): Router {
  const router = Router();

  route(router, createJob, async ({ body, headers, response }) => {
    response.setTimeout(checkMs);
    await uploadFor(body.spec, body.uploadId, uploads);
    const idempotencyKey = headers['idempotency-key'] ?? null;
    const { job, isNew } = await repository.createJob({ ...body, idempotencyKey });
    response.status(isNew ? 201 : 200).json(await view.show(job));
  });

  route(router, listJobs, async ({ query, response }) => {
    const { states, text, cursor, ...order } = query;
    const page = await repository.listJobs({
      ...order,
      ...(states && { states }),
      ...(text && { text }),
      ...(cursor && { cursor }),
    });
    const jobs = await Promise.all(page.jobs.map((job) => view.show(job)));
    response.json({ ...page, jobs });
  });

  route(router, showJob, async ({ params, response }) => {
    response.json(await view.show(await findJob(repository, params.jobId)));
  });

  route(router, cancelJob, async ({ params, response }) => {
    response.json(await view.show(await repository.cancel(params.jobId)));
  });

  route(router, retryJob, async ({ params, response }) => {
    response.json(await view.show(await repository.retry(params.jobId)));
  });

  route(router, deleteJob, async ({ params, response }) => {
    await removeJob(params.jobId);
    response.status(204).end();
  });

  return router;
}
