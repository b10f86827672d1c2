import { Router } from 'express';

/** `live` answers as long as the process can answer at all; it looks at nothing behind it. */
export function healthRoutes(): Router {
  const router = Router();
  router.get('/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  return router;
}
