import express, { Router } from 'express';
import { answerNotFound } from './errors/error-responses.ts';
import { healthRoutes } from './health/routes.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { checkAccess, type Keys } from './security/access.ts';
import { jsonLimitBytes, limitBodyTime, limitRate } from './security/limits.ts';
import { checkOrigin } from './security/names.ts';

export interface ApiOptions {
  readonly version: string;
  /** Origins of pages elsewhere that may use it. */
  readonly origins: readonly string[];
  readonly requestsPerMinute: number;
  readonly keys: Keys;
}

/** Everything below `/api/v1`. */
export function createApi({ version, origins, requestsPerMinute, keys }: ApiOptions): Router {
  const router = Router();
  // What is asked for changes by itself, and may be of a person.
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(healthRoutes());
  router.use(checkOrigin(origins));
  router.use(limitRate(requestsPerMinute));
  router.use(checkAccess(keys));
  router.use(openApiRoutes(version));
  router.use(limitBodyTime(30_000), express.json({ limit: jsonLimitBytes }));
  router.use(answerNotFound);
  return router;
}
