import { showSystem } from '@clearreel/shared/api/system';
import { Router } from 'express';
import { route } from '../http/route.ts';
import { describeSystem, type SystemOptions } from './describe-system.ts';

export function systemRoutes(options: SystemOptions): Router {
  const router = Router();
  route(router, showSystem, async ({ request, response }) => {
    response.json(await describeSystem(options, request.log));
  });
  return router;
}
