import express, { type Express } from 'express';
import { answerError, answerNotFound } from './errors/error-responses.ts';
import { healthRoutes } from './health/routes.ts';
import { securityHeaders } from './security/headers.ts';
import { shareTarget } from './share/routes.ts';
import { appFiles } from './static/app-files.ts';

interface AppOptions {
  /** Absolute path of the built web app. */
  readonly webFolder: string;
}

export function createApp({ webFolder }: AppOptions): Express {
  const app = express();
  app.use(securityHeaders());
  app.use('/health', healthRoutes());
  app.use(shareTarget());
  app.use(appFiles(webFolder));
  app.use(answerNotFound);
  app.use(answerError);
  return app;
}
