import { Pause, Play } from 'lucide-react';
import { Link } from 'wouter';
import { ErrorCard } from '../app/error-card.tsx';
import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import { JobCard } from './job-card.tsx';
import { useQueue } from './queue-store.ts';

/** What is to be done, in the order in which it runs, and what this visit has brought to an end. */
export default function QueuePage() {
  const t = useT();
  const { isOpen, queue, ended, isPaused, interrupted, problem, ...act } = useQueue();
  const isEmpty = isOpen && queue.length === 0 && ended.length === 0;
  return (
    <div className="mx-auto max-w-4xl">
      <div className="flex flex-wrap items-center gap-2 py-4">
        <h1 className="grow text-2xl font-semibold">{t('queue.title')}</h1>
        {interrupted.length > 0 && (
          <button
            type="button"
            className="button"
            onClick={() => void act.continueAll().catch(showFailure)}
          >
            {t('queue.continueAll')}
          </button>
        )}
        {queue.length > 0 && (
          <button
            type="button"
            className="button-quiet"
            onClick={() =>
              isPaused ? act.resumeQueue() : void act.pauseQueue().catch(showFailure)
            }
          >
            {isPaused ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
            {isPaused ? t('queue.resumeQueue') : t('queue.pauseQueue')}
          </button>
        )}
      </div>
      {problem && <ErrorCard error={problem} onDismiss={act.dismissProblem} />}
      {isEmpty && (
        <div className="card py-16 text-center">
          <p className="text-muted">{t('queue.empty')}</p>
          <Link href="/" className="button mt-4">
            {t('drafts.choose')}
          </Link>
        </div>
      )}
      {queue.length > 0 && (
        <ol className="flex flex-col gap-3" aria-label={t('queue.waiting')}>
          {queue.map((job, position) => (
            <JobCard
              key={job.id}
              job={job}
              before={queue[position - 1]?.id ?? null}
              afterNext={queue[position + 2]?.id ?? null}
              isLast={position === queue.length - 1}
            />
          ))}
        </ol>
      )}
      {ended.length > 0 && (
        <>
          <h2 className="mt-8 mb-3 text-lg font-semibold">{t('queue.ended')}</h2>
          <ul className="flex flex-col gap-3" aria-label={t('queue.ended')}>
            {ended.map((job) => (
              <JobCard key={job.id} job={job} before={null} afterNext={null} isLast />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
