import { Search, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import type { JobState } from '../jobs/job-record.ts';
import { useQueue } from '../queue/queue-store.ts';
import { Choose } from '../ui/choose.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { HistoryCard } from './history-card.tsx';
import { Pages } from './pages.tsx';
import type { HistorySort } from './query.ts';
import { StorageBar } from './storage-bar.tsx';
import { useHistoryPage } from './use-history-page.ts';

const pageSize = 24;
const sorts = ['newest', 'oldest', 'name', 'largest', 'longest'] as const;

/** What a filter shows: several states where they mean the same to a person. */
const filters = {
  all: null,
  completed: ['completed'],
  open: ['queued', 'processing', 'paused'],
  failed: ['failed'],
  cancelled: ['cancelled'],
} as const satisfies Record<string, readonly JobState[] | null>;
type Filter = keyof typeof filters;
const filterNames = Object.keys(filters) as Filter[];

/** All jobs of this browser. */
export default function HistoryPage() {
  const t = useT();
  const remove = useQueue((state) => state.remove);
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<HistorySort>('newest');
  const [page, setPage] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const states = filters[filter];
  const found = useHistoryPage({ search, sort, page, pageSize, ...(states && { states }) });
  const counts = found?.counts;
  const countOf = (name: Filter) => {
    const wanted: readonly string[] | null = filters[name];
    const entries = Object.entries(counts ?? {});
    return entries.reduce(
      (sum, [state, n]) => (!wanted || wanted.includes(state) ? sum + n : sum),
      0,
    );
  };
  const toggle = (id: string, isSelected: boolean) => {
    const next = new Set(selected);
    if (isSelected) next.add(id);
    else next.delete(id);
    setSelected(next);
  };
  const shownIds = found?.jobs.map(({ id }) => id) ?? [];
  const areAllSelected = shownIds.length > 0 && shownIds.every((id) => selected.has(id));
  return (
    <div>
      <div className="flex flex-wrap items-end gap-3 py-4">
        <h1 className="grow text-2xl font-semibold">{t('app.history')}</h1>
        <label className="relative w-full sm:w-64">
          <Search size={16} aria-hidden className="absolute top-3 left-3 text-muted" />
          <input
            type="search"
            className="field min-h-10 pl-9"
            aria-label={t('history.search')}
            placeholder={t('history.search')}
            value={search}
            onChange={({ target }) => {
              setSearch(target.value);
              setPage(0);
            }}
          />
        </label>
        <div className="w-full sm:w-44">
          <Choose
            label={t('history.sort')}
            value={sort}
            options={sorts.map((name) => [name, t(`history.sorts.${name}`)] as const)}
            onChoose={(next) => setSort(next)}
          />
        </div>
      </div>
      <div className="mb-4 flex flex-wrap items-center gap-1.5">
        <fieldset className="contents">
          <legend className="sr-only">{t('history.filter')}</legend>
          {filterNames.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={filter === name}
              className="min-h-9 rounded-full border border-strong-line px-3 text-sm font-medium hover:bg-raised aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
              onClick={() => {
                setFilter(name);
                setPage(0);
              }}
            >
              {t(`history.filters.${name}`)} {counts && formatNumber(countOf(name))}
            </button>
          ))}
        </fieldset>
        <span className="grow" />
        {shownIds.length > 0 && (
          <label className="flex min-h-9 items-center gap-2 px-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={areAllSelected}
              onChange={({ target }) => {
                const others = [...selected].filter((id) => !shownIds.includes(id));
                setSelected(new Set(target.checked ? [...others, ...shownIds] : others));
              }}
            />
            {t('history.selectPage')}
          </label>
        )}
        {selected.size > 0 && (
          <button type="button" className="button-quiet" onClick={() => setAsking(true)}>
            <Trash2 size={16} aria-hidden />
            {t('history.deleteSelected', { count: selected.size })}
          </button>
        )}
      </div>
      {found?.total === 0 && (
        <p className="card py-16 text-center text-muted">
          {t(search || filter !== 'all' ? 'history.nothingFound' : 'history.empty')}
        </p>
      )}
      {found && found.total > 0 && (
        <ul
          aria-label={t('app.history')}
          className="grid gap-4 sm:grid-cols-2 md:grid-cols-3 lg:grid-cols-4 2xl:grid-cols-6"
        >
          {found.jobs.map((job) => (
            <HistoryCard
              key={job.id}
              job={job}
              isSelected={selected.has(job.id)}
              onSelect={(isSelected) => toggle(job.id, isSelected)}
            />
          ))}
        </ul>
      )}
      {found && <Pages page={found.page} pages={found.pages} onShow={setPage} />}
      <StorageBar />
      {isAsking && (
        <ConfirmDialog
          title={t('history.deleteTitle', { count: selected.size })}
          text={t('history.deleteText')}
          confirm={t('job.delete')}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            remove([...selected]).catch(showFailure);
            setSelected(new Set());
          }}
        />
      )}
    </div>
  );
}
