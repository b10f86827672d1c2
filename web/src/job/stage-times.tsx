import type { StageSeconds } from '@clearreel/shared/pipeline/progress';
import { formatDuration } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { Disclosure } from '../ui/disclosure.tsx';

const order = ['open', 'prepare', 'decode', 'enhance', 'encode', 'store', 'join'] as const;

/** Where the time goes. Stages overlap and wait for each other, so these are not shares of the whole. */
export function StageTimes({ seconds }: { seconds: StageSeconds }) {
  const t = useT();
  const longest = Math.max(...order.map((stage) => seconds[stage]), 0.001);
  return (
    <div className="card">
      <Disclosure title={t('job.stageTimes')}>
        <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1.5 text-sm">
          {order.map((stage) => (
            <div key={stage} className="contents">
              <dt>{t(`job.stageNames.${stage}`)}</dt>
              <dd aria-hidden className="h-2 rounded-full bg-line">
                <div
                  className="h-full rounded-full bg-accent"
                  style={{ width: `${(seconds[stage] / longest) * 100}%` }}
                />
              </dd>
              <dd className="text-right text-muted tabular-nums">
                {formatDuration(seconds[stage])}
              </dd>
            </div>
          ))}
        </dl>
        <p className="mt-2 text-xs text-muted">{t('job.stageHint')}</p>
      </Disclosure>
    </div>
  );
}
