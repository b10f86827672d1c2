import { createServer, type RequestListener, type Server } from 'node:http';
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
    // How many proxies may be believed is a setting; what others claim is not looked at, and no reason to complain.
    validate: { xForwardedForHeader: false },
    handler() {
      throw new ClearReelError('REQUESTS_TOO_MANY', { seconds: windowSeconds });
    },
  });

export interface ConnectionLimits {
  /** Until a request's head has arrived. */
  readonly headMs: number;
  /** On which nothing moves. */
  readonly idleMs: number;
}

const usualLimits: ConnectionLimits = { headMs: 15_000, idleMs: 60_000 };

/**
 * A server that bounds what a connection may cost before a route sees it. A request as a whole has no limit, because an
 * upload takes as long as it takes; a connection on which nothing moves for a while is closed instead.
 */
export function createLimitedServer(
  listener: RequestListener,
  { headMs, idleMs }: ConnectionLimits = usualLimits,
): Server {
  const server = createServer(
    {
      headersTimeout: headMs,
      connectionsCheckingInterval: Math.min(5000, headMs),
      keepAliveTimeout: 10_000,
      requestTimeout: 0,
      maxHeaderSize: 16_384,
    },
    listener,
  );
  server.maxHeadersCount = 100;
  server.maxConnections = 1000;
  server.setTimeout(idleMs);
  return server;
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

/** How long a client may hear nothing while a file is checked, and those in front of it. */
export const checkMs = 600_000;

/** From when all has arrived on, it is the client that waits. */
export const allowChecks: RequestHandler = (request, response, next) => {
  request.once('end', () => response.setTimeout(checkMs));
  next();
};
