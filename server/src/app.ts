import { apiBase } from '@clearreel/shared/api/operation';
import express, { type Express, type Router } from 'express';
import { answerError, answerNotFound } from './errors/error-responses.ts';
import { createLogger, type Logger, logRequests } from './log/logger.ts';
import { securityHeaders } from './security/headers.ts';
import { checkHost } from './security/names.ts';
import { shareTarget } from './share/routes.ts';
import { appFiles } from './static/app-files.ts';

interface AppOptions {
  /** Absolute path of the built web app. */
  readonly webFolder: string;
  /** Without it the page is served alone. */
  readonly api?: Router;
  /** Names that it answers under, besides `localhost` and IP addresses. */
  readonly hosts?: readonly string[];
  /** Origins of other servers that the page may send jobs to. */
  readonly servers?: readonly string[];
  /** Proxies that stand in front. */
  readonly trustedProxies?: number;
  readonly logger?: Logger;
}

export function createApp({
  webFolder,
  api,
  hosts = [],
  servers = [],
  trustedProxies = 0,
  logger = createLogger('silent'),
}: AppOptions): Express {
  const app = express();
  app.set('trust proxy', trustedProxies);
  app.use(logRequests(logger));
  app.use(securityHeaders(servers));
  app.use(checkHost(hosts));
  if (api) app.use(apiBase, api);
  app.use(shareTarget());
  app.use(appFiles(webFolder));
  app.use(answerNotFound);
  app.use(answerError);
  return app;
}
