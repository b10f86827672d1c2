import { Pause, Play, X } from 'lucide-react';
import { useEffect } from 'react';
import { showFailure } from '../app/failures.tsx';
import { Notices } from '../app/notices.tsx';
import { formatDuration, formatNumber, formatPercent } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { DownloadLine } from '../pwa/download-line.tsx';
import { statusText, useJobStatus } from '../queue/job-status.ts';
import { NotifyButton } from '../queue/notify-button.tsx';
import { PickAgain } from '../queue/pick-again.tsx';
import { useQueue } from '../queue/queue-store.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { NewestFrame } from './newest-frame.tsx';
import { StageTimes } from './stage-times.tsx';

/** A job that waits or runs. */
export function RunningView({ job }: { job: JobRecord }) {
  const t = useT();
  const status = useJobStatus(job);
  const running = useQueue((state) => (state.running?.jobId === job.id ? state.running : null));
  const { pause, resume, cancel, watchFrames } = useQueue();
  useEffect(() => watchFrames(), [watchFrames]);
  const progress = running?.progress ?? null;
  const framesTotal = progress?.framesTotal || job.planned?.frames || 0;
  const framesDone = progress?.framesDone ?? job.reached?.frames ?? 0;
  const share = framesTotal > 0 ? framesDone / framesTotal : null;
  const act = (doing: Promise<void>) => void doing.catch(showFailure);
  const { name, hasHandle } = job.source;
  const waits = status !== 'running' && status !== 'queued' && status !== 'elsewhere';
  const secondsLeft = progress?.secondsLeft ?? null;
  return (
    <section aria-label={t('job.progress')} className="flex flex-col gap-4">
      <div className="card flex flex-col gap-3">
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <p className="text-4xl font-semibold tabular-nums">
            {share === null ? '…' : formatPercent(share)}
          </p>
          <p className="grow text-muted" role="status">
            {progress ? t(`job.stages.${progress.stage}`) : statusText(t, status)}
          </p>
          <p className="text-sm text-muted tabular-nums">
            {secondsLeft !== null && t('job.left', { time: formatDuration(secondsLeft) })}
          </p>
        </div>
        <ProgressBar label={t('job.progress')} share={share ?? (running ? null : 0)} />
        {running && <DownloadLine />}
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
            value={
              progress?.provider
                ? t(progress.provider === 'webgpu' ? 'settings.gpu' : 'settings.cpu')
                : '…'
            }
          />
        </dl>
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
          {(status === 'running' || status === 'queued') && (
            <button type="button" className="button-quiet" onClick={() => act(pause(job.id))}>
              <Pause size={16} aria-hidden />
              {t('job.pause')}
            </button>
          )}
          {status !== 'elsewhere' && (
            <button type="button" className="button-quiet" onClick={() => act(cancel(job.id))}>
              <X size={16} aria-hidden />
              {t('job.cancel')}
            </button>
          )}
          <NotifyButton />
        </div>
      </div>
      {running?.latest && <NewestFrame frames={running.latest} />}
      {progress && <StageTimes seconds={progress.stageSeconds} />}
      <Notices notices={job.notices} />
    </section>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-muted">{term}</dt>
      <dd className="font-medium tabular-nums">{value}</dd>
    </div>
  );
}
