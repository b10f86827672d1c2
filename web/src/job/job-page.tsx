import { ArrowLeft } from 'lucide-react';
import { Link } from 'wouter';
import { useT } from '../i18n/language.ts';
import { jobSummary } from '../queue/job-summary.ts';
import { EndedView } from './ended-view.tsx';
import { ResultView } from './result-view.tsx';
import { RunningView } from './running-view.tsx';
import { useJob } from './use-job.ts';

/** One job, from waiting to its result. */
export default function JobPage({ jobId }: { jobId: string }) {
  const t = useT();
  const job = useJob(jobId);
  if (job === undefined) return <p className="py-16 text-center text-muted">{t('app.loading')}</p>;
  if (job === null) {
    return (
      <div className="py-16 text-center">
        <p className="text-muted">{t('job.missing')}</p>
        <Link href="/history" className="button mt-4">
          {t('app.history')}
        </Link>
      </div>
    );
  }
  const isEnded = job.state === 'failed' || job.state === 'cancelled';
  return (
    <div className="mx-auto max-w-6xl" data-job={job.id}>
      <div className="py-4">
        <Link href="/queue" className="button-bare -ml-2">
          <ArrowLeft size={16} aria-hidden />
          {t('app.queue')}
        </Link>
        <h1 className="mt-1 text-2xl font-semibold break-words">{job.source.name}</h1>
        <p className="text-sm text-muted">{jobSummary(t, job)}</p>
      </div>
      {job.state === 'completed' && <ResultView job={job} />}
      {isEnded && <EndedView job={job} />}
      {job.state !== 'completed' && !isEnded && <RunningView job={job} />}
    </div>
  );
}
