import type { JobRecord, JobState } from '../jobs/job-record.ts';
import type { JobSummary } from '../jobs/job-summary.ts';

export type HistorySort = 'newest' | 'oldest' | 'name' | 'largest' | 'longest';

export interface HistoryQuery {
  /** Absent: all. */
  readonly states?: readonly JobState[];
  /** Words that must all be in the file's name, the model or the container; case and accents do not matter. */
  readonly search?: string;
  readonly sort?: HistorySort;
  /** From 0; past the end it is the last one. */
  readonly page?: number;
  readonly pageSize?: number;
}

export interface HistoryPage {
  readonly jobs: readonly JobRecord[];
  /** Jobs of all pages that the search and the states leave. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** What the search leaves, in each state. */
  readonly counts: Readonly<Record<JobState, number>>;
}

export interface FoundPage extends Omit<HistoryPage, 'jobs'> {
  readonly ids: readonly string[];
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const bytesOf = ({ resultBytes, sourceBytes }: JobSummary) => resultBytes ?? sourceBytes;

const orders: Record<HistorySort, (a: JobSummary, b: JobSummary) => number> = {
  newest: (a, b) => b.createdAtMs - a.createdAtMs,
  oldest: (a, b) => a.createdAtMs - b.createdAtMs,
  name: (a, b) => collator.compare(a.name, b.name),
  largest: (a, b) => bytesOf(b) - bytesOf(a),
  longest: (a, b) => b.durationSeconds - a.durationSeconds,
};

/** A page of ids. @param jobs Newest first, which is the order among equals. */
export function queryJobs(jobs: readonly JobSummary[], query: HistoryQuery = {}): FoundPage {
  const { states, search = '', sort = 'newest', page = 0, pageSize = 50 } = query;
  const words = plain(search).split(/\s+/).filter(Boolean);
  const found = jobs.filter(({ name, model, container }) => {
    if (words.length === 0) return true;
    const text = plain(`${name} ${model} ${container}`);
    return words.every((word) => text.includes(word));
  });
  const counts = { queued: 0, processing: 0, paused: 0, completed: 0, failed: 0, cancelled: 0 };
  for (const { state } of found) counts[state]++;
  const wanted = (states ? found.filter(({ state }) => states.includes(state)) : found).toSorted(
    orders[sort],
  );
  const pages = Math.max(1, Math.ceil(wanted.length / pageSize));
  const shown = Math.min(Math.max(0, page), pages - 1);
  return {
    ids: wanted.slice(shown * pageSize, (shown + 1) * pageSize).map(({ id }) => id),
    total: wanted.length,
    page: shown,
    pages,
    counts,
  };
}
