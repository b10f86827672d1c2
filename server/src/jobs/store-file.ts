import { readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ClearReelError, reasonOf } from '@clearreel/shared/errors/clear-reel-error';
import type { Adapter } from 'lowdb';
import { z } from 'zod';
import { codeOf, diskError } from '../storage/disk-error.ts';
import { writeWhole } from '../storage/disk-folder.ts';
import {
  type StoredJob,
  type StoredUpload,
  storedJobSchema,
  storedUploadSchema,
} from './stored-job.ts';

export interface StoreState {
  readonly jobs: ReadonlyMap<string, StoredJob>;
  readonly uploads: ReadonlyMap<string, StoredUpload>;
}

/** A file that could not be read as a whole, and where it is now. */
export interface SetAside {
  readonly path: string;
  readonly reason: string;
}

export const emptyStore: StoreState = { jobs: new Map(), uploads: new Map() };

export const setAsideName = /\.damaged-\d+$/;

const version = 1;

const storeSchema = z.object({ jobs: z.array(z.unknown()), uploads: z.array(z.unknown()) });

/** The store in one JSON file, a record a line. Written whole, so that it is either the one before or the new one. */
export class StoreFile implements Adapter<StoreState> {
  readonly #path: string;
  readonly #nowMs: () => number;
  /** Records never change, so each is written down once. */
  readonly #lines = new WeakMap<object, string>();
  #setAside: SetAside | null = null;

  constructor(path: string, nowMs: () => number) {
    this.#path = path;
    this.#nowMs = nowMs;
  }

  /** What `read` found to be damaged; the records that are whole were read nevertheless. */
  get setAside(): SetAside | null {
    return this.#setAside;
  }

  /** @throws ClearReelError `STORE_NEWER`, `STORAGE_DENIED`; then the file stays as it is. */
  async read(): Promise<StoreState | null> {
    const text = await this.#readText();
    if (text === null) return null;
    let store: unknown;
    try {
      store = JSON.parse(text);
    } catch (error) {
      await this.#keepAside(reasonOf(error));
      return null;
    }
    const { data: named } = z.object({ version: z.number().int() }).safeParse(store);
    if (named && named.version > version) {
      throw new ClearReelError('STORE_NEWER', { path: this.#path });
    }
    const parsed = storeSchema.safeParse(store);
    if (!named || !parsed.success) {
      await this.#keepAside('no list of jobs and uploads');
      return null;
    }
    return this.#readRecords(parsed.data);
  }

  async write({ jobs, uploads }: StoreState): Promise<void> {
    const text = `{"version":${version},"jobs":[\n${this.#list(jobs)}\n],"uploads":[\n${this.#list(uploads)}\n]}\n`;
    await writeWhole(dirname(this.#path), basename(this.#path), [Buffer.from(text)]);
  }

  async #readRecords(store: z.infer<typeof storeSchema>): Promise<StoreState> {
    const jobs = new Map<string, StoredJob>();
    const uploads = new Map<string, StoredUpload>();
    const damaged: string[] = [];
    for (const record of store.jobs) {
      const { data, error } = storedJobSchema.safeParse(record);
      if (data) jobs.set(data.id, data);
      else damaged.push(z.prettifyError(error));
    }
    for (const record of store.uploads) {
      const { data, error } = storedUploadSchema.safeParse(record);
      if (data) uploads.set(data.id, data);
      else damaged.push(z.prettifyError(error));
    }
    if (damaged.length > 0) {
      await this.#keepAside(`${damaged.length} records: ${damaged[0]}`);
      await this.write({ jobs, uploads });
    }
    return { jobs, uploads };
  }

  async #readText(): Promise<string | null> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw await diskError(error, dirname(this.#path));
    }
  }

  async #keepAside(reason: string): Promise<void> {
    const path = join(dirname(this.#path), `${basename(this.#path)}.damaged-${this.#nowMs()}`);
    await rename(this.#path, path);
    this.#setAside = { path, reason };
  }

  #list(records: ReadonlyMap<string, object>): string {
    return [...records.values()].map((record) => this.#line(record)).join(',\n');
  }

  #line(record: object): string {
    const known = this.#lines.get(record);
    if (known !== undefined) return known;
    const line = JSON.stringify(record);
    this.#lines.set(record, line);
    return line;
  }
}
