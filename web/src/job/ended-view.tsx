import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { RotateCcw, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import { ErrorCard } from '../app/error-card.tsx';
import { showFailure } from '../app/failures.tsx';
import { Notices } from '../app/notices.tsx';
import { useT } from '../i18n/language.ts';
import type { HostOptions, JobRecord } from '../jobs/job-record.ts';
import { PickAgain } from '../queue/pick-again.tsx';
import { useQueue } from '../queue/queue-store.ts';
import { BringHomeButton } from '../server/bring-home-button.tsx';

/** What another way of running can cure, by error code. */
const cures: Readonly<Record<string, HostOptions>> = {
  DECODER_FAILED: { decoder: 'ffmpeg' },
  SOURCE_UNREADABLE: { decoder: 'ffmpeg' },
  INFERENCE_FAILED: { provider: 'wasm' },
  DEVICE_LOST: { provider: 'wasm' },
};

/** A job that failed or was cancelled: why, and what can be done. */
export function EndedView({ job }: { job: JobRecord }) {
  const t = useT();
  const [, navigate] = useLocation();
  const { retry, remove } = useQueue();
  const { error = new ClearReelError('CANCELLED').toReport() } = job;
  const cure = cures[error.code];
  const act = (doing: Promise<void>) => void doing.catch(showFailure);
  const isCancelled = job.state === 'cancelled';
  const waysOn = !job.remote?.isDeleted && (
    <>
      <button type="button" className="button" onClick={() => act(retry(job.id))}>
        <RotateCcw size={16} aria-hidden />
        {job.reached ? t('job.continue') : t('job.tryAgain')}
      </button>
      {cure && (
        <button
          type="button"
          className="button-quiet"
          onClick={() => act(retry(job.id, { host: { ...job.host, ...cure } }))}
        >
          {t(cure.decoder ? 'job.retryFfmpeg' : 'job.retryWasm')}
        </button>
      )}
      {job.host.server && <BringHomeButton job={job} />}
      {!job.source.hasHandle && <PickAgain jobId={job.id} name={job.source.name} />}
    </>
  );
  const actions = (
    <>
      {waysOn}
      <button
        type="button"
        className="button-bare"
        onClick={() => act(remove([job.id]).then(() => navigate('/queue')))}
      >
        <Trash2 size={16} aria-hidden />
        {t('job.delete')}
      </button>
    </>
  );
  return (
    <div className="flex flex-col gap-4">
      {isCancelled ? (
        <section className="card" role="status">
          <p className="font-semibold">{t('job.cancelled')}</p>
          <p className="mt-1 text-sm text-muted">
            {job.reached
              ? t('job.keptFrames', { count: job.reached.frames })
              : t('job.nothingKept')}
          </p>
          <div className="mt-3 flex flex-wrap items-center gap-2">{actions}</div>
        </section>
      ) : (
        <ErrorCard error={error} actions={actions} />
      )}
      <Notices notices={job.notices} />
    </div>
  );
}
