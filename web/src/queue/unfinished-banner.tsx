import { History } from 'lucide-react';
import { Link } from 'wouter';
import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import { useQueue } from './queue-store.ts';

/** Jobs that a closed tab left: one click goes on with them. */
export default function UnfinishedBanner() {
  const t = useT();
  const { interrupted, continueAll } = useQueue();
  if (interrupted.length === 0) return null;
  return (
    <section
      aria-label={t('queue.unfinished')}
      className="mb-8 flex flex-wrap items-center gap-3 rounded-2xl border border-accent bg-accent-soft p-4"
    >
      <History size={20} aria-hidden className="text-accent" />
      <p className="grow text-sm font-medium">
        {t('queue.interruptedJobs', { count: interrupted.length })}
      </p>
      <Link href="/queue" className="button-bare">
        {t('queue.look')}
      </Link>
      <button
        type="button"
        className="button"
        onClick={() => void continueAll().catch(showFailure)}
      >
        {t('queue.continueAll')}
      </button>
    </section>
  );
}
