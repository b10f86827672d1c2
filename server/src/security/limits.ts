import type { Server } from 'node:http';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const windowSeconds = 60;

/** Bodies that are read into memory: a spec is a few hundred bytes. */
export const jsonLimitBytes = 256 * 1024;

/** What a client may ask for in a minute, all routes together. */
export const limitRate = (requestsPerMinute: number): RequestHandler =>
  rateLimit({
    windowMs: windowSeconds * 1000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler() {
      throw new ClearReelError('REQUESTS_TOO_MANY', { seconds: windowSeconds });
    },
  });

/**
 * Bounds what a connection may cost before a route sees it. A request as a whole has no limit, because an upload takes
 * as long as it takes; a connection on which nothing moves for a while is closed instead.
 */
export function limitConnections(server: Server): void {
  server.headersTimeout = 15_000;
  server.keepAliveTimeout = 10_000;
  server.requestTimeout = 0;
  server.maxHeadersCount = 100;
  server.maxConnections = 1000;
  server.setTimeout(60_000);
}

/** Closes the connection of a client whose body has not arrived by then. */
export const limitBodyTime =
  (timeoutMs: number): RequestHandler =>
  (request, response, next) => {
    const timer = setTimeout(() => {
      if (!request.complete) request.destroy();
    }, timeoutMs);
    response.once('close', () => clearTimeout(timer));
    next();
  };
