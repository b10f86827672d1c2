import { ArrowDown, ArrowUp, Pause, Play, RefreshCw, RotateCcw, Trash2, X } from 'lucide-react';
import { Link } from 'wouter';
import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import { errorText } from '../i18n/texts.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { canPause, isAtWork, statusText, useJobStatus } from './job-status.ts';
import { jobSummary } from './job-summary.ts';
import { PickAgain } from './pick-again.tsx';
import { useQueue } from './queue-store.ts';
import { useShownProgress } from './shown-progress.ts';
import { Thumbnail } from './thumbnail.tsx';

interface JobCardProps {
  readonly job: JobRecord;
  /** The job before it in the queue, and the one after the next: where it goes when moved by one. */
  readonly before: string | null;
  readonly afterNext: string | null;
  readonly isLast: boolean;
}

export function JobCard({ job, before, afterNext, isLast }: JobCardProps) {
  const t = useT();
  const status = useJobStatus(job);
  const { pause, resume, cancel, retry, remove, move, tryServers } = useQueue();
  const { share } = useShownProgress(job);
  const { name } = job.source;
  const act = (doing: Promise<void>) => void doing.catch(showFailure);
  const isOpen = job.state === 'queued' || job.state === 'processing' || job.state === 'paused';
  const canContinue = ['interrupted', 'paused', 'needsPermission'].includes(status);
  return (
    <li className="card flex flex-wrap items-center gap-4 p-3 sm:flex-nowrap" data-job={job.id}>
      <Thumbnail jobId={job.id} className="w-28" />
      <div className="min-w-0 grow">
        <p className="truncate">
          <Link href={`/job/${job.id}`} className="font-semibold hover:text-accent">
            {name}
          </Link>
          <span className="text-muted"> – {statusText(t, status)}</span>
        </p>
        <p className="text-sm text-muted">{jobSummary(t, job)}</p>
        {isOpen && share !== null && (
          <div className="mt-2">
            <ProgressBar label={name} share={share} />
          </div>
        )}
        {job.error && <p className="mt-1 text-sm text-danger">{errorText(t, job.error).message}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-1">
        {status === 'server.away' && (
          <CardButton
            icon={RefreshCw}
            label={`${t('server.tryNow')} – ${name}`}
            onPress={tryServers}
          />
        )}
        {canContinue && (
          <CardButton
            icon={Play}
            label={t('queue.continue', { name })}
            onPress={() => act(resume(job.id))}
          />
        )}
        {(status === 'needsFile' || (canContinue && !job.source.hasHandle)) && (
          <PickAgain jobId={job.id} name={name} />
        )}
        {canPause(status) && (
          <CardButton
            icon={Pause}
            label={t('queue.pause', { name })}
            onPress={() => act(pause(job.id))}
          />
        )}
        {job.state === 'queued' && before && (
          <CardButton
            icon={ArrowUp}
            label={t('queue.moveUp', { name })}
            onPress={() => act(move(job.id, before))}
          />
        )}
        {job.state === 'queued' && !isLast && (
          <CardButton
            icon={ArrowDown}
            label={t('queue.moveDown', { name })}
            onPress={() => act(move(job.id, afterNext))}
          />
        )}
        {(job.state === 'failed' || job.state === 'cancelled') && status !== 'server.deleting' && (
          <CardButton
            icon={RotateCcw}
            label={t('queue.retry', { name })}
            onPress={() => act(retry(job.id))}
          />
        )}
        {isOpen && status !== 'elsewhere' && status !== 'server.deleting' && (
          <CardButton
            icon={X}
            label={t('queue.cancel', { name })}
            onPress={() => act(cancel(job.id))}
          />
        )}
        {!isAtWork(status) && (
          <CardButton
            icon={Trash2}
            label={t('queue.delete', { name })}
            onPress={() => act(remove([job.id]))}
          />
        )}
      </div>
    </li>
  );
}

interface CardButtonProps {
  readonly icon: typeof X;
  readonly label: string;
  onPress(): void;
}

function CardButton({ icon: Icon, label, onPress }: CardButtonProps) {
  return (
    <button
      type="button"
      className="button-bare"
      aria-label={label}
      title={label}
      onClick={onPress}
    >
      <Icon size={18} aria-hidden />
    </button>
  );
}
