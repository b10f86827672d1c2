import { RotateCcw, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { showFailure } from '../app/failures.tsx';
import { Notices } from '../app/notices.tsx';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { useQueue } from '../queue/queue-store.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { FactsBesides } from './facts-besides.tsx';
import { runAgain } from './run-again.ts';

interface ResultFrameProps {
  readonly job: JobRecord;
  readonly player: ReactNode;
  /** Ways to save and share. */
  readonly actions: ReactNode;
}

/** What the page of a finished job has wherever its result lies. */
export function ResultFrame({ job, player, actions }: ResultFrameProps) {
  const t = useT();
  const [, navigate] = useLocation();
  const remove = useQueue((state) => state.remove);
  const act = (doing: Promise<void>) => void doing.catch(showFailure);
  return (
    <section aria-label={t('job.result')} className="flex flex-col gap-4">
      <h2 className="text-lg font-semibold break-words">{job.result?.fileName}</h2>
      {player}
      <div className="flex flex-wrap gap-2">
        {actions}
        <button
          type="button"
          className="button-quiet"
          onClick={() => act(runAgain(job).then(() => navigate('/')))}
        >
          <RotateCcw size={16} aria-hidden />
          {t('job.runAgain')}
        </button>
        <button
          type="button"
          className="button-bare"
          onClick={() => act(remove([job.id]).then(() => navigate('/history')))}
        >
          <Trash2 size={16} aria-hidden />
          {t('job.delete')}
        </button>
      </div>
      <Notices notices={job.notices} />
      <FactsBesides job={job} />
      <div className="card">
        <Disclosure title={t('job.details')}>
          <section aria-label={t('job.report')}>
            <pre className="overflow-x-auto text-xs">{JSON.stringify(job.report, null, 2)}</pre>
          </section>
        </Disclosure>
      </div>
    </section>
  );
}
