import { readOpenApi } from '@clearreel/shared/api/system';
import { Router } from 'express';
import { route } from '../http/route.ts';
import { openApiDocument } from './document.ts';
import { openApiPage, openApiPagePolicy } from './page.ts';

/** What the interface is, for programs (`/openapi.json`) and for people (`/docs`). It names nothing of this server. */
export function openApiRoutes(version: string): Router {
  const router = Router();
  const document = openApiDocument(version);
  const page = openApiPage(document);
  route(router, readOpenApi, ({ response }) => {
    response.json(document);
  });
  router.get('/docs', (_request, response) => {
    response.type('html').set('Content-Security-Policy', openApiPagePolicy).send(page);
  });
  return router;
}
