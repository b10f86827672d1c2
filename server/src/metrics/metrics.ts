import { readMetrics } from '@clearreel/shared/api/system';
import { type RequestHandler, Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Disk } from '../disk/disk.ts';
import { route } from '../http/route.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import { countJobs } from './job-metrics.ts';

interface MetricOptions {
  readonly repository: JobRepository;
  readonly disk: Disk;
}

/** Everything that is counted, for Prometheus to read. */
export class Metrics implements Disposable {
  readonly registry = new Registry();
  readonly uploadBytes: Counter;
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #stopCounting: () => void;

  constructor({ repository, disk }: MetricOptions) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#stopCounting = countJobs(this.registry, repository);
    this.uploadBytes = new Counter({
      name: 'clearreel_upload_bytes_total',
      help: 'Bytes of uploads that became complete',
      registers,
    });
    this.#requests = new Histogram({
      name: 'clearreel_http_request_seconds',
      help: 'Time to answer a request, without streams of events',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 30, 120],
      registers,
    });
    new Gauge({
      name: 'clearreel_disk_free_bytes',
      help: 'Free space of the data folder’s disk',
      registers,
      async collect() {
        this.set((await disk.space()).freeBytes);
      },
    });
  }

  /** Times all that comes after it, by the route that answered; addresses would be as many as there are jobs. */
  readonly timeRequests: RequestHandler = (request, response, next) => {
    const startMs = performance.now();
    response.once('close', () => {
      if (response.getHeader('Content-Type') === 'text/event-stream') return;
      this.#requests.observe(
        {
          method: request.method,
          route: (request.route as { path?: string } | undefined)?.path ?? 'none',
          status: String(response.statusCode),
        },
        (performance.now() - startMs) / 1000,
      );
    });
    next();
  };

  routes(): Router {
    const router = Router();
    route(router, readMetrics, async ({ response }) => {
      response.set('Content-Type', this.registry.contentType).send(await this.registry.metrics());
    });
    return router;
  }

  [Symbol.dispose](): void {
    this.#stopCounting();
    this.registry.clear();
  }
}
