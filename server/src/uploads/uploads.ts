import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Upload } from '@clearreel/shared/api/uploads';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { Disk } from '../disk/disk.ts';
import { statusOf } from '../errors/status.ts';
import type { JobRepository } from '../jobs/job-repository.ts';
import type { StoredUpload } from '../jobs/stored-job.ts';
import { shownFacts } from './shown-facts.ts';

export interface UploadOptions {
  readonly repository: JobRepository;
  /** Absolute; an upload's file is named by its id. */
  readonly folder: string;
  readonly disk: Disk;
  readonly limitBytes: number;
  /** After that an upload that no job uses goes. */
  readonly hours: number;
  readonly probe: (path: string) => Promise<SourceFacts>;
  readonly nowMs: () => number;
  readonly onComplete: (bytes: number) => void;
}

/** Larger files are sent resumably. */
const largestSmallBytes = 100_000_000;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Not of the machine that looked at it, which may do better the next time. */
const isOfContent = (error: unknown): boolean =>
  error instanceof ClearReelError && [415, 422].includes(statusOf(error.code));

/** Files on their way in, from their first byte until they are known to be videos. */
export class Uploads {
  readonly limitBytes: number;
  /** Of a file in one piece. */
  readonly smallBytes: number;
  readonly #options: UploadOptions;
  readonly #checks = new Map<string, Promise<StoredUpload>>();

  constructor(options: UploadOptions) {
    this.limitBytes = options.limitBytes;
    this.smallBytes = Math.min(largestSmallBytes, options.limitBytes);
    this.#options = options;
  }

  /** @throws ClearReelError `UPLOAD_MISSING` for what is no id of ours, so that none is ever part of a path. */
  pathOf(id: string): string {
    if (!uuid.test(id)) throw new ClearReelError('UPLOAD_MISSING');
    return join(this.#options.folder, id);
  }

  /** @throws ClearReelError `SOURCE_EMPTY`, `UPLOAD_TOO_LARGE`, `DISK_LOW`: what others still have to send counts. */
  async admit(bytes: number): Promise<void> {
    const { disk, limitBytes } = this.#options;
    if (bytes === 0) throw new ClearReelError('SOURCE_EMPTY');
    if (bytes > limitBytes) throw new ClearReelError('UPLOAD_TOO_LARGE', { limitBytes });
    await disk.admit(bytes + (await this.#expectedBytes()));
  }

  async begin(id: string, name: string, bytes: number): Promise<void> {
    await this.#options.repository.createUpload({
      id,
      sourceName: name,
      bytes,
      expiresAtMs: this.#expiresAtMs(),
    });
  }

  async find(id: string): Promise<StoredUpload> {
    const upload = await this.#options.repository.findUpload(id);
    if (!upload) throw new ClearReelError('UPLOAD_MISSING');
    return upload;
  }

  async receivedBytes(id: string): Promise<number> {
    const found = await stat(this.pathOf(id)).catch(() => null);
    return found?.size ?? 0;
  }

  /**
   * The upload, complete if all of it is there: whoever asks for one whose last bytes came just before the server
   * stopped has it checked now.
   */
  async settle(id: string): Promise<StoredUpload> {
    const upload = await this.find(id);
    if (upload.state === 'complete' || (await this.receivedBytes(id)) < upload.bytes) return upload;
    return await this.complete(id);
  }

  /** The upload, complete. @throws ClearReelError `UPLOAD_MISSING`, `UPLOAD_UNFINISHED`. */
  async whole(id: string): Promise<StoredUpload> {
    const upload = await this.settle(id);
    if (upload.state === 'complete') return upload;
    throw new ClearReelError('UPLOAD_UNFINISHED', {
      receivedBytes: await this.receivedBytes(id),
      totalBytes: upload.bytes,
    });
  }

  /**
   * Checks a file that has arrived. What is no video goes at once; what could not be checked stays.
   * @throws ClearReelError with the code of what is wrong with it.
   */
  complete(id: string): Promise<StoredUpload> {
    const running = this.#checks.get(id);
    if (running) return running;
    const check = this.#check(id).finally(() => this.#checks.delete(id));
    this.#checks.set(id, check);
    return check;
  }

  /** @throws ClearReelError `UPLOAD_MISSING`, `UPLOAD_IN_USE`. */
  async remove(id: string): Promise<void> {
    const path = this.pathOf(id);
    await this.#options.repository.deleteUpload(id);
    await rm(path, { force: true });
  }

  async show(upload: StoredUpload): Promise<Upload> {
    const isComplete = upload.state === 'complete';
    return {
      id: upload.id,
      state: upload.state,
      sourceName: upload.sourceName,
      bytes: upload.bytes,
      receivedBytes: isComplete ? upload.bytes : await this.receivedBytes(upload.id),
      createdAtMs: upload.createdAtMs,
      expiresAtMs: upload.expiresAtMs,
      facts: upload.facts && shownFacts(upload.facts),
    };
  }

  async #check(id: string): Promise<StoredUpload> {
    const upload = await this.find(id);
    if (upload.state === 'complete') return upload;
    try {
      const facts = await this.#options.probe(this.pathOf(id));
      const complete = await this.#options.repository.completeUpload(id, {
        facts,
        expiresAtMs: this.#expiresAtMs(),
      });
      this.#options.onComplete(complete.bytes);
      return complete;
    } catch (error) {
      if (isOfContent(error)) await this.remove(id);
      throw error;
    }
  }

  async #expectedBytes(): Promise<number> {
    const uploads = await this.#options.repository.listUploads();
    const missing = uploads
      .filter(({ state }) => state === 'receiving')
      .map(async ({ id, bytes }) => bytes - (await this.receivedBytes(id)));
    return (await Promise.all(missing)).reduce((sum, bytes) => sum + bytes, 0);
  }

  #expiresAtMs(): number {
    return this.#options.nowMs() + this.#options.hours * 3_600_000;
  }
}
