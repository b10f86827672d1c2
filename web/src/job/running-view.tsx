import type { Progress } from '@clearreel/shared/pipeline/progress';
import { Pause, Play, X } from 'lucide-react';
import { useEffect } from 'react';
import { showFailure } from '../app/failures.tsx';
import { Notices } from '../app/notices.tsx';
import { formatDuration, formatNumber, formatPercent } from '../i18n/format.ts';
import { type Translate, useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { DownloadLine } from '../pwa/download-line.tsx';
import {
  canPause,
  isAtWork,
  type JobStatus,
  statusText,
  useJobStatus,
} from '../queue/job-status.ts';
import { NotifyButton } from '../queue/notify-button.tsx';
import { PickAgain } from '../queue/pick-again.tsx';
import { useQueue } from '../queue/queue-store.ts';
import { useShownProgress } from '../queue/shown-progress.ts';
import { RemoteLine } from '../server/remote-line.tsx';
import type { RemoteWork } from '../server/remote-work.ts';
import { useNewestThere } from '../server/use-newest-there.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { NewestFrame } from './newest-frame.tsx';
import { StageTimes } from './stage-times.tsx';

/** A job that waits or runs. */
export function RunningView({ job }: { job: JobRecord }) {
  const t = useT();
  const status = useJobStatus(job);
  const running = useQueue((state) => (state.running?.jobId === job.id ? state.running : null));
  const { pause, resume, cancel, watchFrames } = useQueue();
  const { share, framesDone, framesTotal, progress, work, secondsLeft } = useShownProgress(job);
  useEffect(() => watchFrames(), [watchFrames]);
  const newestThere = useNewestThere(job, work ? work.phase === 'running' : status === 'elsewhere');
  const newest = running?.latest ?? newestThere;
  const act = (doing: Promise<void>) => void doing.catch(showFailure);
  const { name, hasHandle } = job.source;
  const waits = !work && !isAtWork(status) && status !== 'queued' && status !== 'server.deleting';
  return (
    <section aria-label={t('job.progress')} className="flex flex-col gap-4">
      <div className="card flex flex-col gap-3">
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <p className="text-4xl font-semibold tabular-nums">
            {share === null ? '…' : formatPercent(share)}
          </p>
          <p className="grow text-muted" role="status">
            {stageText(t, work, progress, status)}
          </p>
          <p className="text-sm text-muted tabular-nums">
            {secondsLeft !== null && t('job.left', { time: formatDuration(secondsLeft) })}
          </p>
        </div>
        <ProgressBar label={t('job.progress')} share={share ?? (running || work ? null : 0)} />
        {running && <DownloadLine />}
        {(progress || !work) && (
          <dl className="grid grid-cols-2 gap-3 text-sm sm:grid-cols-4">
            <Figure
              term={t('job.frames')}
              value={t('job.ofFrames', {
                done: formatNumber(framesDone),
                total: framesTotal > 0 ? formatNumber(framesTotal) : '…',
              })}
            />
            <Figure
              term={t('job.speed')}
              value={t('job.framesPerSecond', {
                rate: formatNumber(progress?.framesPerSecond ?? 0, 1),
              })}
            />
            <Figure term={t('job.elapsed')} value={formatDuration(progress?.elapsedSeconds ?? 0)} />
            <Figure
              term={t('job.runsOn')}
              value={progress?.provider ? providerText(t, progress.provider, work !== null) : '…'}
            />
          </dl>
        )}
        {work && <RemoteLine {...{ job, work }} />}
        <div className="flex flex-wrap gap-2">
          {waits && status !== 'needsFile' && (
            <button type="button" className="button" onClick={() => act(resume(job.id))}>
              <Play size={16} aria-hidden />
              {t('job.continue')}
            </button>
          )}
          {(status === 'needsFile' || (waits && !hasHandle)) && (
            <PickAgain jobId={job.id} name={name} />
          )}
          {canPause(status) && (
            <button type="button" className="button-quiet" onClick={() => act(pause(job.id))}>
              <Pause size={16} aria-hidden />
              {t('job.pause')}
            </button>
          )}
          {status !== 'elsewhere' && status !== 'server.deleting' && (
            <button type="button" className="button-quiet" onClick={() => act(cancel(job.id))}>
              <X size={16} aria-hidden />
              {t('job.cancel')}
            </button>
          )}
          <NotifyButton />
        </div>
      </div>
      {newest && <NewestFrame frames={newest} />}
      {progress && <StageTimes seconds={progress.stageSeconds} />}
      <Notices notices={job.notices} />
    </section>
  );
}

const providerText = (t: Translate, provider: string, isRemote: boolean): string =>
  isRemote ? provider : t(provider === 'webgpu' ? 'settings.gpu' : 'settings.cpu');

function stageText(
  t: Translate,
  work: RemoteWork | null,
  progress: Progress | null,
  status: JobStatus,
): string {
  if (work && work.phase !== 'running') return t(`server.phases.${work.phase}`);
  if (progress) return t(`job.stages.${progress.stage}`);
  return work ? t('server.phases.running') : statusText(t, status);
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-muted">{term}</dt>
      <dd className="font-medium tabular-nums">{value}</dd>
    </div>
  );
}
