import { Link } from 'wouter';
import { formatDate } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { statusText, useJobStatus } from '../queue/job-status.ts';
import { jobSummary } from '../queue/job-summary.ts';
import { Thumbnail } from '../queue/thumbnail.tsx';

interface HistoryCardProps {
  readonly job: JobRecord;
  readonly isSelected: boolean;
  onSelect(isSelected: boolean): void;
}

const tones: Readonly<Record<string, string>> = {
  completed: 'bg-good-soft text-good',
  failed: 'bg-danger-soft text-danger',
};

export function HistoryCard({ job, isSelected, onSelect }: HistoryCardProps) {
  const t = useT();
  const status = useJobStatus(job);
  const { name } = job.source;
  return (
    <li
      data-job={job.id}
      className={`relative flex flex-col rounded-2xl border bg-surface p-3 ${isSelected ? 'border-accent' : 'border-line'}`}
    >
      <input
        type="checkbox"
        className="absolute top-5 left-5 z-10 size-5 accent-accent"
        aria-label={t('history.select', { name })}
        checked={isSelected}
        onChange={({ target }) => onSelect(target.checked)}
      />
      <Thumbnail jobId={job.id} className="w-full" />
      <Link
        href={`/job/${job.id}`}
        className="mt-2.5 truncate font-semibold after:absolute after:inset-0 after:rounded-2xl hover:text-accent"
        title={name}
      >
        {name}
      </Link>
      <p className="mt-0.5 line-clamp-2 text-sm text-muted">{jobSummary(t, job)}</p>
      <p className="mt-2 flex flex-wrap items-center gap-2 text-xs text-muted">
        <span className={`rounded-full px-2 py-0.5 font-medium ${tones[status] ?? 'bg-raised'}`}>
          {statusText(t, status)}
        </span>
        {formatDate(job.endedAtMs ?? job.createdAtMs)}
      </p>
    </li>
  );
}
