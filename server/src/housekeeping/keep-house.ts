import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JobFiles } from '../jobs/job-files.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import { removeJob } from '../jobs/remove-job.ts';
import { setAsideName } from '../jobs/store-file.ts';
import type { StoredJob } from '../jobs/stored-job.ts';
import { hasEnded } from '../jobs/transitions.ts';
import type { Logger } from '../log/logger.ts';
import { idsIn, isThere, removeAll, touchedAtMs } from './house-files.ts';

const dayMs = 24 * 3_600_000;

export interface HouseOptions {
  readonly repository: JobRepository;
  readonly files: JobFiles;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Ended jobs older than this go, with all that belongs to them. */
  readonly retentionDays: number;
  /** So long after their end, jobs without a result keep what they could go on from. */
  readonly leftoverDays: number;
  /** Files without a record go when nothing was written to them for so long: their record may be on its way. */
  readonly graceMs: number;
}

/** How much of each kind was put in order. */
export interface HouseReport {
  readonly expiredJobs: number;
  readonly expiredUploads: number;
  readonly leftovers: number;
  readonly orphans: number;
  readonly lostFiles: number;
}

/** Deletes what nobody needs any more, and says of records what became of their files. */
export class Housekeeper {
  readonly #options: HouseOptions;
  #running: Promise<HouseReport> | null = null;

  constructor(options: HouseOptions) {
    this.#options = options;
  }

  /** Who asks while it runs waits for the same. */
  run(): Promise<HouseReport> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<HouseReport> {
    const report = {
      expiredJobs: await this.#count(await this.#jobs(), (job) => this.#expireJob(job)),
      expiredUploads: await this.#expireUploads(),
      leftovers: await this.#count(await this.#jobs(), (job) => this.#clearLeftovers(job)),
      lostFiles: await this.#count(await this.#jobs(), (job) => this.#sayLost(job)),
      orphans: await this.#removeOrphans(),
    };
    this.#options.log.info(report, 'the house is in order');
    return report;
  }

  /** One that fails does not keep the others from being looked at. */
  async #count<T>(things: readonly T[], tidy: (thing: T) => Promise<boolean>): Promise<number> {
    let count = 0;
    for (const thing of things) {
      try {
        if (await tidy(thing)) count++;
      } catch (error) {
        this.#options.log.error({ err: error }, 'something could not be put in order');
      }
    }
    return count;
  }

  async #jobs(): Promise<readonly StoredJob[]> {
    const { jobs } = await this.#options.repository.listJobs({ limit: Number.POSITIVE_INFINITY });
    return jobs;
  }

  async #expireJob(job: StoredJob): Promise<boolean> {
    const { repository, files, nowMs, retentionDays } = this.#options;
    if (!hasEnded(job) || (job.endedAtMs ?? 0) > nowMs() - retentionDays * dayMs) return false;
    await removeJob(repository, files, job.id);
    return true;
  }

  async #expireUploads(): Promise<number> {
    const { repository, files, nowMs, graceMs } = this.#options;
    const used = new Set((await this.#jobs()).map(({ uploadId }) => uploadId));
    return await this.#count(await repository.listUploads(), async ({ id, expiresAtMs }) => {
      const path = files.sourcePath(id);
      if (used.has(id) || expiresAtMs > nowMs()) return false;
      if ((await touchedAtMs(path)) > nowMs() - graceMs) return false;
      await repository.deleteUpload(id);
      await removeAll(path);
      return true;
    });
  }

  async #clearLeftovers(job: StoredJob): Promise<boolean> {
    const { repository, files, nowMs, leftoverDays } = this.#options;
    if (!hasEnded(job)) return false;
    if (job.state === 'completed') {
      await files.tidy(job);
      return false;
    }
    const isOld = (job.endedAtMs ?? 0) <= nowMs() - leftoverDays * dayMs;
    if (!isOld || !(await isThere(join(files.jobs, job.id)))) return false;
    if ((await repository.forgetSegments(job.id)) === 'unchanged') return false;
    await files.removeAttempts(job);
    return true;
  }

  async #sayLost(job: StoredJob): Promise<boolean> {
    const { repository, files } = this.#options;
    const needed = job.state === 'queued' ? files.sourcePath(job.uploadId) : files.resultPath(job);
    if (needed === null || (await isThere(needed))) return false;
    return (await repository.loseFiles(job.id)) === 'failed';
  }

  async #removeOrphans(): Promise<number> {
    const { repository, files, nowMs, graceMs, log } = this.#options;
    if (await this.#isStoreAside()) {
      log.warn('files without a record stay as long as a damaged store lies beside the new one');
      return 0;
    }
    const known = new Set<string>();
    for (const { id } of await this.#jobs()) known.add(id);
    for (const { id } of await repository.listUploads()) known.add(id);
    const named = [...(await idsIn(files.jobs)), ...(await idsIn(files.uploads))];
    return await this.#count(named, async ({ id, path }) => {
      if (known.has(id) || (await touchedAtMs(path)) > nowMs() - graceMs) return false;
      await removeAll(path);
      return true;
    });
  }

  async #isStoreAside(): Promise<boolean> {
    const names = await readdir(dirname(this.#options.files.jobs)).catch(() => []);
    return names.some((name) => setAsideName.test(name));
  }
}
