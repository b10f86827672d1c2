import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Disk, type DiskSpace, diskSpace } from './disk/disk.ts';
import { Pictures } from './files/pictures.ts';
import { JobFiles } from './jobs/job-files.ts';
import type { JobRepository } from './jobs/job-repository.ts';
import { LowdbRepository } from './jobs/lowdb-repository.ts';
import { ProgressBoard } from './jobs/progress-board.ts';
import { Metrics } from './metrics/metrics.ts';
import { NewestFrames } from './newest/newest-frames.ts';
import { probeFile } from './reader/read-file.ts';
import { Links } from './security/links.ts';
import { keptSecret } from './security/secrets.ts';
import { diskError } from './storage/disk-error.ts';
import { Uploads } from './uploads/uploads.ts';

export interface ServiceOptions {
  readonly dataFolder: string;
  readonly uploadLimitBytes: number;
  readonly uploadHours: number;
  readonly keptFreeBytes: number;
  readonly linkMinutes: number;
  /** Another disk than the real one, and another clock. */
  readonly space?: () => Promise<DiskSpace>;
  readonly nowMs?: () => number;
}

/** What routes, dispatcher and housekeeping share. */
export interface Services extends AsyncDisposable {
  readonly dataFolder: string;
  readonly folders: { readonly uploads: string; readonly incoming: string; readonly jobs: string };
  readonly files: JobFiles;
  readonly pictures: Pictures;
  readonly repository: JobRepository;
  readonly board: ProgressBoard;
  readonly newest: NewestFrames;
  readonly uploads: Uploads;
  readonly disk: Disk;
  readonly metrics: Metrics;
  readonly links: Links;
}

/** Attempts without one whole segment, after which a job fails. */
const maxAttempts = 3;

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw await diskError(error, path);
  }
}

/** @throws ClearReelError `STORAGE_DENIED`, `STORAGE_FULL`, `STORE_BUSY`, `STORE_NEWER` */
export async function openServices(options: ServiceOptions): Promise<Services> {
  const { dataFolder, nowMs = Date.now, space = () => diskSpace(dataFolder) } = options;
  const files = new JobFiles(dataFolder);
  const folders = {
    uploads: files.uploads,
    incoming: join(dataFolder, 'incoming'),
    jobs: files.jobs,
  };
  // First, because it takes the folder for this process alone.
  await makeFolder(dataFolder);
  const repository = await LowdbRepository.open({ folder: dataFolder, maxAttempts, nowMs });
  await rm(folders.incoming, { recursive: true, force: true }).catch(async (error: unknown) => {
    throw await diskError(error, folders.incoming);
  });
  for (const folder of Object.values(folders)) await makeFolder(folder);

  const { value: linkKey } = await keptSecret(dataFolder, 'link-key');
  const board = new ProgressBoard({ runId: randomUUID() });
  const unsubscribe = repository.subscribe(board.change);
  const disk = new Disk(options.keptFreeBytes, space);
  const metrics = new Metrics({ repository, disk });
  const uploads = new Uploads({
    repository,
    folder: folders.uploads,
    disk,
    limitBytes: options.uploadLimitBytes,
    hours: options.uploadHours,
    probe: probeFile,
    nowMs,
    onComplete: (bytes) => metrics.uploadBytes.inc(bytes),
  });
  const pictures = new Pictures({ repository, files, folder: join(dataFolder, 'thumbnails') });
  return {
    dataFolder,
    folders,
    files,
    pictures,
    repository,
    board,
    newest: new NewestFrames(),
    uploads,
    disk,
    metrics,
    links: new Links(linkKey, options.linkMinutes, nowMs),
    async [Symbol.asyncDispose]() {
      unsubscribe();
      metrics[Symbol.dispose]();
      await repository.close();
    },
  };
}
