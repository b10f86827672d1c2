import type { JobRecord } from '../jobs/job-record.ts';
import { type FileWait, reachSource } from '../jobs/source-access.ts';

/** Where the files of jobs are: those picked in this visit are at hand, others may be reached. */
export class Sources {
  readonly #files = new Map<string, File>();
  readonly #held = new Set<string>();

  put(jobId: string, file: File): void {
    this.#files.set(jobId, file);
  }

  forget(jobId: string): void {
    this.#files.delete(jobId);
  }

  /** Keeps a job from being started while `work` is done with its file. */
  async holding<T>(jobId: string, work: () => Promise<T>): Promise<T> {
    this.#held.add(jobId);
    try {
      return await work();
    } finally {
      this.#held.delete(jobId);
    }
  }

  /** `null` while the file is held. @param mayAsk Only on a click: the browser may then ask the user. */
  async reach(job: JobRecord, mayAsk: boolean): Promise<File | FileWait | null> {
    if (this.#held.has(job.id)) return null;
    const known = this.#files.get(job.id);
    if (known) return known;
    const found = await reachSource(job, mayAsk);
    if (found instanceof File && mayAsk) this.#files.set(job.id, found);
    return found;
  }
}
