import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import { z } from 'zod';
import type { JobPage, JobQuery, JobSort } from './job-repository.ts';
import type { StoredJob } from './stored-job.ts';

type Key = string | number;

const keys: Record<JobSort, (job: StoredJob) => Key> = {
  createdAt: (job) => job.createdAtMs,
  updatedAt: (job) => job.updatedAtMs,
  priority: (job) => job.priority,
  name: (job) => job.sourceName.toLowerCase(),
};

/** The last job of a page, by what the list is sorted by; its id tells equals apart. */
interface Place {
  readonly key: Key;
  readonly id: string;
}

const compareKeys = (one: Key, other: Key) => (one < other ? -1 : one > other ? 1 : 0);

const comparePlaces = (one: Place, other: Place) =>
  compareKeys(one.key, other.key) || compareKeys(one.id, other.id);

const cursorSchema = z.object({
  sort: z.string(),
  order: z.string(),
  key: z.union([z.string(), z.number()]),
  id: z.string(),
});

function readCursor(cursor: string, sort: string, order: string): Place {
  try {
    const place = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const isOfSort = typeof place.key === (sort === 'name' ? 'string' : 'number');
    if (isOfSort && place.sort === sort && place.order === order) return place;
  } catch (cause) {
    throw notOurs(cause);
  }
  throw notOurs();
}

const notOurs = (cause?: unknown) =>
  new ClearReelError(
    'REQUEST_INVALID',
    { option: 'cursor', mustBe: because('CURSOR_OF_THIS_LIST') },
    { cause },
  );

/** One page. It goes on after the last job shown, not after a number of jobs: new ones move nothing to another page. */
export function pageOf(jobs: Iterable<StoredJob>, query: JobQuery): JobPage {
  const { states, sort = 'createdAt', order = 'descending', cursor, limit } = query;
  const text = query.text?.toLowerCase();
  const turn = order === 'ascending' ? 1 : -1;
  const placeOf = (job: StoredJob): Place => ({ key: keys[sort](job), id: job.id });
  const after = cursor === undefined ? null : readCursor(cursor, sort, order);

  const matching = [...jobs].filter(
    (job) =>
      (!states || states.includes(job.state)) &&
      (!text || job.sourceName.toLowerCase().includes(text)),
  );
  const rest = matching
    .map((job) => ({ job, place: placeOf(job) }))
    .filter(({ place }) => !after || comparePlaces(place, after) * turn > 0)
    .sort((one, other) => comparePlaces(one.place, other.place) * turn);
  const page = rest.slice(0, limit);
  const last = rest.length > limit ? page.at(-1) : undefined;
  return {
    jobs: page.map(({ job }) => job),
    nextCursor: last
      ? Buffer.from(JSON.stringify({ sort, order, ...last.place })).toString('base64url')
      : null,
    total: matching.length,
  };
}
