import { Download, RotateCcw, Share2, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import { showFailure } from '../app/failures.tsx';
import { Notices } from '../app/notices.tsx';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { useQueue } from '../queue/queue-store.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { FactsBesides } from './facts-besides.tsx';
import { ResultPlayer } from './result-player.tsx';
import { runAgain } from './run-again.ts';
import { canSaveTo, canShare, saveTo, share } from './save.ts';
import { useResultFiles } from './use-result-files.ts';

/** A finished job: look, compare, save. */
export function ResultView({ job }: { job: JobRecord }) {
  const t = useT();
  const [, navigate] = useLocation();
  const remove = useQueue((state) => state.remove);
  const files = useResultFiles(job);
  const [video, ...sideFiles] = files ?? [];
  const act = (doing: Promise<void>) => void doing.catch(showFailure);
  const again = async () => {
    await runAgain(job);
    navigate('/');
  };
  return (
    <section aria-label={t('job.result')} className="flex flex-col gap-4">
      <h2 className="text-lg font-semibold break-words">{job.result?.fileName}</h2>
      {video && <ResultPlayer job={job} result={video} />}
      {files?.length === 0 && <p className="card text-muted">{t('job.filesGone')}</p>}
      <div className="flex flex-wrap gap-2">
        {video && (
          <a className="button" href={video.url} download={video.name}>
            <Download size={16} aria-hidden />
            {t('job.saveVideo')}
          </a>
        )}
        {video && canSaveTo() && (
          <button type="button" className="button-quiet" onClick={() => act(saveTo(video))}>
            {t('job.saveTo')}
          </button>
        )}
        {sideFiles.map(({ name, url }) => (
          <a key={name} className="button-quiet" href={url} download={name}>
            {t('job.saveFile', { name })}
          </a>
        ))}
        {video && canShare(video.file) && (
          <button type="button" className="button-quiet" onClick={() => act(share(video.file))}>
            <Share2 size={16} aria-hidden />
            {t('job.share')}
          </button>
        )}
        <button type="button" className="button-quiet" onClick={() => act(again())}>
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
