import type { Progress } from '@clearreel/shared/pipeline/progress';
import type { JobChange } from './job-repository.ts';

export type BoardEntry =
  | JobChange
  | { readonly kind: 'progress'; readonly jobId: string; readonly progress: Progress };

export interface BoardEvent {
  /** Says which run of the server it is of, and its place there. */
  readonly id: string;
  readonly entry: BoardEntry;
}

interface BoardOptions {
  /** Of this run of the server, so that an event id of the run before is not taken for one of this. */
  readonly runId: string;
  /** How many events are kept for who comes back. */
  readonly remembered?: number;
}

/** What happens to jobs, as it happens. It lives in memory alone: after a restart, workers say anew how far they are. */
export class ProgressBoard {
  readonly #runId: string;
  readonly #remembered: number;
  readonly #latest = new Map<string, Progress>();
  readonly #listeners = new Set<(event: BoardEvent) => void>();
  readonly #events: BoardEvent[] = [];
  #count = 0;

  constructor({ runId, remembered = 1000 }: BoardOptions) {
    this.#runId = runId;
    this.#remembered = remembered;
  }

  /** How far a running job is; `null` before its worker said so, and once it ended. */
  progressOf(jobId: string): Progress | null {
    return this.#latest.get(jobId) ?? null;
  }

  report(jobId: string, progress: Progress): void {
    this.#latest.set(jobId, progress);
    this.#post({ kind: 'progress', jobId, progress });
  }

  /** For `JobRepository.subscribe`. */
  readonly change = (change: JobChange): void => {
    if (change.kind === 'deleted') this.#latest.delete(change.jobId);
    else if (change.job.state !== 'processing') this.#latest.delete(change.job.id);
    this.#post(change);
  };

  subscribe(listener: (event: BoardEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** All that came after an event, oldest first; `null` where that is not remembered: then send the present state. */
  since(eventId: string): readonly BoardEvent[] | null {
    const { runId, place } = /^(?<runId>.+)-(?<place>\d+)$/.exec(eventId)?.groups ?? {};
    const missed = this.#count - Number(place);
    const isKnown = runId === this.#runId && missed >= 0 && missed <= this.#events.length;
    return isKnown ? this.#events.slice(this.#events.length - missed) : null;
  }

  /** The event id to resume from for who has just read the present state. */
  get lastEventId(): string {
    return `${this.#runId}-${this.#count}`;
  }

  #post(entry: BoardEntry): void {
    this.#count++;
    const event = { id: this.lastEventId, entry };
    this.#events.push(event);
    if (this.#events.length > this.#remembered) this.#events.shift();
    for (const listener of this.#listeners) listener(event);
  }
}
