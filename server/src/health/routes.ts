import { probeLive } from '@clearreel/shared/api/system';
import { Router } from 'express';
import { route } from '../http/route.ts';

/** `live` answers as long as the process can answer at all; it looks at nothing behind it. */
export function healthRoutes(): Router {
  const router = Router();
  route(router, probeLive, ({ response }) => {
    response.json({ status: 'ok', reasons: [] });
  });
  return router;
}
