import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { JobFiles } from '../jobs/job-files.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import type { StoredJob } from '../jobs/stored-job.ts';
import type { PictureWish } from '../reader/messages.ts';
import { readPicture } from '../reader/read-file.ts';

/** Frames are large and asked for again while someone looks at them, not later. */
const rememberedBytes = 32_000_000;

const thumbnailSidePx = 320;

interface PictureOptions {
  readonly repository: JobRepository;
  readonly files: JobFiles;
  readonly folder: string;
}

/** Pictures of jobs, as WebP. Each is made once, when it is asked for. */
export class Pictures {
  readonly #options: PictureOptions;
  readonly #running = new Map<string, Promise<Uint8Array>>();
  readonly #remembered = new Map<string, Uint8Array>();

  constructor(options: PictureOptions) {
    this.#options = options;
  }

  /** Of the source, small. It is kept as long as the upload is. */
  thumbnail({ uploadId }: StoredJob): Promise<Uint8Array> {
    const kept = join(this.#options.folder, uploadId);
    return this.#once(`thumbnail ${uploadId}`, async () => {
      const before = await readFile(kept).catch(() => null);
      if (before) return before;
      const wish = { atSeconds: null, maxSidePx: thumbnailSidePx };
      const picture = await this.#read(this.#options.files.sourcePath(uploadId), wish);
      await mkdir(this.#options.folder, { recursive: true });
      await writeFile(kept, picture);
      return picture;
    });
  }

  /** The frame of the source at a moment of it, or what the job made of that frame. */
  async frame(job: StoredJob, side: 'before' | 'after', atSeconds?: number): Promise<Uint8Array> {
    const { files } = this.#options;
    const resultPath = files.resultPath(job);
    if (!job.result || !resultPath) throw new ClearReelError('JOB_CHANGED');
    const { durationSeconds } = job.result.facts;
    const { trim, input } = job.spec;
    const { startSeconds = 0, endSeconds = durationSeconds } = trim ?? {};
    const at = atSeconds ?? (startSeconds + Math.min(endSeconds, durationSeconds)) / 2;
    const key = `${side} ${job.id} ${job.result.epoch} ${at}`;
    const remembered = this.#remembered.get(key);
    if (remembered) return remembered;
    const picture = await this.#once(key, () =>
      side === 'before'
        ? this.#read(files.sourcePath(job.uploadId), { atSeconds: at, maxSidePx: null }, input)
        : this.#read(resultPath, { atSeconds: Math.max(0, at - startSeconds), maxSidePx: null }),
    );
    this.#remember(key, picture);
    return picture;
  }

  /** Deletes the thumbnails of uploads that are gone. */
  async sweep(): Promise<void> {
    const { folder, repository } = this.#options;
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (!(await repository.findUpload(name))) await rm(join(folder, name), { force: true });
    }
  }

  async #read(path: string, wish: PictureWish, input?: JobSpec['input']): Promise<Uint8Array> {
    return (await readPicture(path, wish, input?.framesPerSecond)).webp;
  }

  #once(key: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const running = this.#running.get(key) ?? make().finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  #remember(key: string, picture: Uint8Array): void {
    this.#remembered.set(key, picture);
    let bytes = [...this.#remembered.values()].reduce((sum, each) => sum + each.length, 0);
    for (const [oldest, each] of this.#remembered) {
      if (bytes <= rememberedBytes || oldest === key) break;
      this.#remembered.delete(oldest);
      bytes -= each.length;
    }
  }
}
