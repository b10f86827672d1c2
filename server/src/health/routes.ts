import { probeLive, probeReady } from '@clearreel/shared/api/system';
import { Router } from 'express';
import type { Disk } from '../disk/disk.ts';
import { route } from '../http/route.ts';
import type { JobRepository } from '../jobs/job-repository.ts';

interface HealthOptions {
  readonly repository: JobRepository;
  readonly disk: Disk;
  /** The server was told to stop. */
  readonly isStopping: () => boolean;
}

const holds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/**
 * `live` answers as long as the process can answer at all; it looks at nothing behind it. `ready` says whether uploads
 * and jobs are taken.
 */
export function healthRoutes({ repository, disk, isStopping }: HealthOptions): Router {
  const router = Router();
  route(router, probeLive, ({ response }) => {
    response.json({ status: 'ok', reasons: [] });
  });
  route(router, probeReady, async ({ response }) => {
    const reasons = [
      ...(isStopping() ? ['stopping'] : []),
      ...((await holds(repository.countJobs())) ? [] : ['store']),
      ...((await holds(disk.admit(0))) ? [] : ['disk']),
    ];
    const isReady = reasons.length === 0;
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'unavailable', reasons });
  });
  return router;
}
