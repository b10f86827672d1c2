import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';
import { pinoHttp } from 'pino-http';

export type { Logger };

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Names of what the log must not hold: what lets someone in, and what files are called. */
const secrets = ['token', 'authorization', 'cookie', 'signature', 'sourceName', 'fileName'];

export const createLogger = (level: LogLevel, stream?: DestinationStream): Logger =>
  pino(
    { level, redact: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]) },
    stream ?? pino.destination(2),
  );

/** Of an address only the path: a query may hold a signature, or what someone searches for. */
const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

/** Logs each request once, when it is over, under an id that its answer carries too. */
export const logRequests = (logger: Logger): RequestHandler =>
  pinoHttp({
    logger,
    genReqId(_request, response) {
      const id = randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : 'debug',
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: pathOf(request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
