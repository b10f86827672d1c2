import type { System } from '@clearreel/shared/api/system';
import express, { Router } from 'express';
import { answerNotFound } from './errors/error-responses.ts';
import { fileRoutes } from './files/routes.ts';
import { healthRoutes } from './health/routes.ts';
import { refuseMethod } from './http/refuse-method.ts';
import type { ServerProvider } from './inference/provider.ts';
import { eventRoutes } from './jobs/event-routes.ts';
import { removeJob } from './jobs/remove-job.ts';
import { jobRoutes } from './jobs/routes.ts';
import { JobView } from './jobs/show-job.ts';
import { newestRoutes } from './newest/routes.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { Previews } from './previews/previews.ts';
import { previewRoutes } from './previews/routes.ts';
import { checkAccess } from './security/access.ts';
import { jsonLimitBytes, limitBodyTime, limitRate } from './security/limits.ts';
import { checkOrigin } from './security/names.ts';
import type { Services } from './services.ts';
import { systemRoutes } from './system/routes.ts';
import { uploadRoutes } from './uploads/routes.ts';

export interface ApiOptions {
  readonly version: string;
  /** Origins of pages elsewhere that may use it. */
  readonly origins: readonly string[];
  readonly requestsPerMinute: number;
  /** `null`: none is needed. */
  readonly token: string | null;
  readonly services: Services;
  readonly startedAtMs: number;
  /** In the order in which they are tried. */
  readonly providers: readonly ServerProvider[];
  readonly limits: Omit<System['limits'], 'smallUploadBytes'>;
  readonly workers: () => System['workers'];
  /** The server was told to stop. */
  readonly isStopping: () => boolean;
}

/** Everything below `/api/v1`. */
export function createApi(options: ApiOptions): Router {
  const { services, token, limits } = options;
  const { repository, board, links, uploads, disk, metrics } = services;
  const view = new JobView({ repository, board, links });

  const router = Router();
  // What is asked for changes by itself, and may be of a person.
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(metrics.timeRequests);
  router.use(healthRoutes({ repository, disk, isStopping: options.isStopping }));
  router.use(checkOrigin(options.origins));
  router.use(limitRate(options.requestsPerMinute));
  router.use(checkAccess({ token, links }));
  router.use(openApiRoutes(options.version));
  router.use(metrics.routes());
  router.use(
    systemRoutes({
      ...options,
      repository,
      disk,
      dataFolder: services.dataFolder,
      limits: { ...limits, smallUploadBytes: uploads.smallBytes },
    }),
  );
  router.use(uploadRoutes(uploads, services.folders));
  router.use(limitBodyTime(30_000), express.json({ limit: jsonLimitBytes }));
  router.use(
    jobRoutes({
      repository,
      view,
      uploads,
      removeJob: (id) => removeJob(repository, services.files, id),
    }),
  );
  const previews = new Previews({
    folder: services.folders.incoming,
    providers: options.providers,
  });
  router.use(previewRoutes({ previews, uploads, links }));
  router.use(eventRoutes({ repository, board, view }));
  router.use(fileRoutes(services));
  router.use(newestRoutes(services));
  router.use(refuseMethod, answerNotFound);
  return router;
}
