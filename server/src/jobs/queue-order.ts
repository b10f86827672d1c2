import type { StoredJob } from './stored-job.ts';
import { comesBefore } from './transitions.ts';

/** Who waits behind how many, found once for each state of the store: a list asks for every job that it shows. */
export class QueueOrder {
  #jobs: ReadonlyMap<string, StoredJob> | null = null;
  #places: ReadonlyMap<string, number> = new Map();

  /**
   * How many waiting jobs come before it; `null` unless it waits itself.
   * @param jobs never changed in place, and in the order in which they were made, which decides among equals
   */
  countAhead(jobs: ReadonlyMap<string, StoredJob>, id: string): number | null {
    if (jobs !== this.#jobs) {
      const waiting = [...jobs.values()].filter(({ state }) => state === 'queued');
      this.#places = new Map(waiting.sort(comesBefore).map((job, place) => [job.id, place]));
      this.#jobs = jobs;
    }
    return this.#places.get(id) ?? null;
  }
}
