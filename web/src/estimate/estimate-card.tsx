import type { Estimate } from '@clearreel/shared/estimate/estimate-job';
import { RefreshCw, TriangleAlert } from 'lucide-react';
import { formatBytes, formatDuration, formatNumber } from '../i18n/format.ts';
import { type Translate, useT } from '../i18n/language.ts';
import { errorText } from '../i18n/texts.ts';
import type { Assessment } from './assess.ts';
import { useEstimate } from './estimate-store.ts';
import { secondsThere } from './server-offer.ts';

type Row = readonly [name: FigureName, text: string, value?: number];
type FigureName = 'time' | 'speed' | 'picture' | 'size' | 'memory' | 'storage';

function jobRows(t: Translate, estimate: Estimate, seconds: number): readonly Row[] {
  const { outputBytes, framesPerSecond, width, height } = estimate;
  return [
    ['time', t('estimate.about', { value: formatDuration(seconds) }), seconds],
    ['speed', t('estimate.framesPerSecond', { rate: formatNumber(framesPerSecond, 1) })],
    ['picture', `${width}×${height}`],
    ['size', t('estimate.about', { value: formatBytes(outputBytes.likely) }), outputBytes.likely],
  ];
}

function deviceRows(t: Translate, estimate: Estimate, freeBytes: number | null): readonly Row[] {
  const { memoryBytes, diskBytes } = estimate;
  return [
    ['memory', t('estimate.about', { value: formatBytes(memoryBytes) }), memoryBytes],
    [
      'storage',
      freeBytes === null
        ? formatBytes(diskBytes)
        : t('estimate.ofFree', { needed: formatBytes(diskBytes), free: formatBytes(freeBytes) }),
      diskBytes,
    ],
  ];
}

/** What a job will take and give, before it starts, in the place where it is to be done. */
export function EstimateCard({
  assessment,
  isThere,
}: {
  readonly assessment: Assessment | null;
  /** On a server, whose memory and storage are not for the user to provide. */
  readonly isThere: boolean;
}) {
  const t = useT();
  const { isAssessing, isMeasuring, error, measureAgain } = useEstimate();
  const there = isThere ? (assessment?.there ?? null) : null;
  const estimate = (isThere ? there?.estimate : assessment?.estimate) ?? null;
  const rows = estimate
    ? [
        ...jobRows(t, estimate, there ? secondsThere(there) : estimate.seconds),
        ...(isThere ? [] : deviceRows(t, estimate, assessment?.freeBytes ?? null)),
      ]
    : [];
  return (
    <section
      className="card"
      aria-label={t('estimate.title')}
      data-state={isMeasuring ? 'measuring' : isAssessing ? 'assessing' : 'ready'}
      data-confidence={estimate?.confidence}
    >
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold">{t('estimate.title')}</h2>
        {!isThere && (
          <button
            type="button"
            className="button-bare"
            aria-label={t('estimate.measureAgain')}
            title={t('estimate.measureAgain')}
            disabled={isMeasuring}
            onClick={measureAgain}
          >
            <RefreshCw size={16} aria-hidden />
          </button>
        )}
      </div>
      {estimate && (
        <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2 text-sm">
          {rows.map(([key, text, value]) => (
            <div key={key}>
              <dt className="text-muted">{t(`estimate.${key}`)}</dt>
              <dd className="font-medium">
                <data data-figure={key} value={value ?? text}>
                  {text}
                </data>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {error && (
        <p className="mt-3 flex gap-2 text-sm" data-code={error.code}>
          <TriangleAlert size={18} aria-hidden className="mt-px shrink-0 text-warn" />
          {errorText(t, error).message}
        </p>
      )}
      <p className="mt-3 text-xs text-muted" role="status">
        {there
          ? t(there.uploadSeconds === null ? 'estimate.there' : 'estimate.thereWithSending')
          : statusText(t, estimate, isAssessing, isMeasuring)}
      </p>
    </section>
  );
}

function statusText(
  t: Translate,
  estimate: Estimate | null,
  isAssessing: boolean,
  isMeasuring: boolean,
): string {
  if (isMeasuring) return t('estimate.measuring');
  if (!estimate) return isAssessing ? t('estimate.assessing') : '';
  return t(`estimate.confidence.${estimate.confidence}`);
}
