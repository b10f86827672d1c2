import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import type { System } from '@clearreel/shared/api/system';
import type { Disk } from '../disk/disk.ts';
import { type MeasuredSpeed, measuredSpeeds } from '../estimate/measured-speeds.ts';
import { models } from '../inference/models.ts';
import type { ServerProvider } from '../inference/provider.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import type { Logger } from '../log/logger.ts';
import { nvidiaGpus } from './gpu.ts';
import { modelSpeeds } from './model-speeds.ts';

export interface SystemOptions {
  readonly version: string;
  readonly startedAtMs: number;
  readonly repository: JobRepository;
  /** Where `clearreel bench` keeps what it measured. */
  readonly dataFolder: string;
  readonly disk: Disk;
  readonly providers: readonly ServerProvider[];
  readonly workers: () => System['workers'];
  readonly limits: System['limits'];
}

/** The server as it is now, for who decides what to send it. */
export async function describeSystem(
  options: SystemOptions,
  log: Pick<Logger, 'warn'>,
): Promise<System> {
  const [queue, gpus, space, speeds] = await Promise.all([
    options.repository.countJobs(),
    nvidiaGpus(),
    options.disk.space(),
    modelSpeeds(options.repository),
  ]);
  const measured = await measuredSpeeds({ ...options, gpus }).catch((error: unknown) => {
    log.warn({ err: error }, 'what was measured of the models cannot be read');
    return [];
  });
  const [gpu] = gpus;
  return {
    version: options.version,
    startedAtMs: options.startedAtMs,
    queue,
    workers: options.workers(),
    device: {
      name: gpu?.name ?? cpus()[0]?.model.trim() ?? 'unknown',
      kind: gpu ? 'gpu' : 'cpu',
      cores: availableParallelism(),
    },
    providers: [...options.providers],
    memory: {
      totalBytes: totalmem(),
      freeBytes: freemem(),
      serverBytes: process.memoryUsage.rss(),
      gpu: gpu ? { totalBytes: sum(gpus, 'totalBytes'), usedBytes: sum(gpus, 'usedBytes') } : null,
    },
    disk: { ...space, keptFreeBytes: options.disk.keptFreeBytes },
    models: models.map(({ id, name, task, scale }) => ({ id, name, task, scale })),
    speeds: [...speeds, ...measured.filter(isNew(speeds)).map((each) => ({ ...each, jobs: 0 }))],
    limits: options.limits,
  };
}

const isNew = (known: System['speeds']) => {
  const told = new Set(known.map(({ model }) => model));
  return ({ model }: MeasuredSpeed) => !told.has(model);
};

const sum = <K extends string>(items: readonly Readonly<Record<K, number>>[], key: K): number =>
  items.reduce((total, item) => total + item[key], 0);
