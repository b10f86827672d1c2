import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, diskError } from '../storage/disk-error.ts';
import type { Claim, FencingToken } from './job-repository.ts';
import type { StoredJob } from './stored-job.ts';

/** What one attempt writes into; nobody else does. */
export interface AttemptFolders {
  readonly work: string;
  readonly result: string;
}

const workName = 'work';

const isEpoch = (name: string) => /^[1-9]\d*$/.test(name);

const isMissing = (error: unknown) => codeOf(error) === 'ENOENT';

const namesIn = (folder: string) =>
  readdir(folder).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });

/** Gives an attempt's work folder these segments of another's, without a copy; those that are not there are left out. */
export type AdoptSegments = (from: string, to: string, indices: readonly number[]) => Promise<void>;

/**
 * Files of uploads and jobs. All names are ids and numbers of our own making:
 * `uploads/<uploadId>`, and in `jobs/<jobId>/<epoch>` an attempt's result, with its segments in `work`.
 */
export class JobFiles {
  readonly uploads: string;
  readonly jobs: string;

  constructor(dataFolder: string) {
    this.uploads = join(dataFolder, 'uploads');
    this.jobs = join(dataFolder, 'jobs');
  }

  sourcePath(uploadId: string): string {
    return join(this.uploads, uploadId);
  }

  attempt({ jobId, epoch }: Pick<FencingToken, 'jobId' | 'epoch'>): AttemptFolders {
    const folder = join(this.jobs, jobId, String(epoch));
    return { work: join(folder, workName), result: folder };
  }

  /** Where a completed job's result is, or one of its side files; `null` for any other job. */
  resultPath({ id, result }: StoredJob, sideFile?: number): string | null {
    if (!result) return null;
    const { storedName } = sideFile === undefined ? result : (result.sideFiles[sideFile] ?? {});
    if (storedName === undefined) return null;
    return join(this.attempt({ jobId: id, epoch: result.epoch }).result, storedName);
  }

  /**
   * Makes an attempt's folders with the segments that are recorded of those before, and deletes theirs: from then on one
   * that is not known to be dead writes into nothing.
   * @throws ClearReelError `STORAGE_FULL`, `STORAGE_DENIED`
   */
  async begin({ token, job }: Claim, adopt: AdoptSegments): Promise<AttemptFolders> {
    const folders = this.attempt(token);
    const recorded = job.segments.map(({ index }) => index);
    try {
      await mkdir(folders.work, { recursive: true });
      const epochs = await this.#epochsOf(job.id);
      const older = epochs.filter((epoch) => epoch < token.epoch);
      // Most often there is one; the newest has all, unless its attempt ended while it began.
      for (const epoch of older.sort((one, other) => other - one)) {
        await adopt(this.attempt({ ...token, epoch }).work, folders.work, recorded);
      }
      await this.#remove(job.id, older);
      return folders;
    } catch (error) {
      throw await diskError(error, this.jobs);
    }
  }

  /** After the end: of a completed job only the result stays, of another what it can go on from. */
  async tidy({ id, state, epoch, result }: StoredJob): Promise<void> {
    const kept = { jobId: id, epoch: result?.epoch ?? epoch };
    const folder = this.attempt(kept).result;
    for (const name of await namesIn(folder)) {
      const isWork = name === workName;
      if (isWork === (state === 'completed')) {
        await rm(join(folder, name), { recursive: true, force: true });
      }
    }
    if (state === 'completed') {
      const epochs = await this.#epochsOf(id);
      await this.#remove(
        id,
        epochs.filter((other) => other !== kept.epoch),
      );
    }
  }

  async removeJob(jobId: string): Promise<void> {
    await rm(join(this.jobs, jobId), { recursive: true, force: true, maxRetries: 3 });
  }

  /** All attempts up to the job's last; one that begins meanwhile keeps its own. */
  async removeAttempts({ id, epoch }: StoredJob): Promise<void> {
    const epochs = await this.#epochsOf(id);
    await this.#remove(
      id,
      epochs.filter((other) => other <= epoch),
    );
    // Not where a new attempt is in it already.
    await rmdir(join(this.jobs, id)).catch(() => {});
  }

  async removeUpload(uploadId: string): Promise<void> {
    await rm(this.sourcePath(uploadId), { force: true });
  }

  async #epochsOf(jobId: string): Promise<number[]> {
    return (await namesIn(join(this.jobs, jobId))).filter(isEpoch).map(Number);
  }

  async #remove(jobId: string, epochs: readonly number[]): Promise<void> {
    for (const epoch of epochs) {
      await rm(join(this.jobs, jobId, String(epoch)), { recursive: true, force: true });
    }
  }
}
