import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { JobRepository } from '../jobs/job-repository.ts';
import type { StoredJob } from '../jobs/stored-job.ts';

const secondsBuckets = [1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 12 * 3600];

/** What becomes of jobs. @returns what ends the counting */
export function countJobs(registry: Registry, repository: JobRepository): () => void {
  const registers = [registry];
  new Gauge({
    name: 'clearreel_jobs',
    help: 'Jobs by state; those that wait are the queue’s depth',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const [state, count] of Object.entries(await repository.countJobs())) {
        this.set({ state }, count);
      }
    },
  });
  const wait = new Histogram({
    name: 'clearreel_job_wait_seconds',
    help: 'From a job’s making to its first start',
    buckets: secondsBuckets,
    registers,
  });
  const run = new Histogram({
    name: 'clearreel_job_run_seconds',
    help: 'From a job’s first start to its end',
    labelNames: ['state'],
    buckets: secondsBuckets,
    registers,
  });
  const speed = new Histogram({
    name: 'clearreel_job_frames_per_second',
    help: 'Frames of a completed job over its run time',
    buckets: [0.1, 0.5, 1, 2, 5, 10, 25, 50, 100, 250],
    registers,
  });
  const failures = new Counter({
    name: 'clearreel_job_failures_total',
    help: 'Jobs that failed, by the code of their error',
    labelNames: ['code'],
    registers,
  });

  // A job is told of at every change; only the change that brought it there counts.
  const observe = (job: StoredJob): void => {
    const { state, startedAtMs, endedAtMs, createdAtMs, updatedAtMs, result, failure } = job;
    if (startedAtMs === null) return;
    if (state === 'processing' && startedAtMs === updatedAtMs) {
      wait.observe((startedAtMs - createdAtMs) / 1000);
    }
    if (endedAtMs === null || endedAtMs !== updatedAtMs) return;
    const runSeconds = (endedAtMs - startedAtMs) / 1000;
    run.observe({ state }, runSeconds);
    if (result && runSeconds > 0) speed.observe(result.frameCount / runSeconds);
    if (state === 'failed' && failure) failures.inc({ code: failure.report.code });
  };
  return repository.subscribe((change) => {
    if (change.kind === 'job') observe(change.job);
  });
}
