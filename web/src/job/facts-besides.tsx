import { rateText, soundText } from '../drafts/source-facts.tsx';
import { formatBytes, formatDuration, formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { modelName } from '../queue/job-summary.ts';

const codecNames = { avc: 'H.264', vp9: 'VP9', av1: 'AV1', hevc: 'HEVC' } as const;

/** The source and what was made of it, side by side. */
export function FactsBesides({ job }: { job: JobRecord }) {
  const t = useT();
  const { facts, report, result, spec, source } = job;
  if (!report || !result) return null;
  const { output } = spec;
  const rows = [
    [
      'facts.picture',
      facts && `${facts.video.width}×${facts.video.height}`,
      `${report.width}×${report.height}`,
    ],
    [
      'facts.format',
      facts &&
        t('facts.codecIn', { codec: facts.video.codec, container: facts.container.toUpperCase() }),
      t('facts.codecIn', {
        codec: codecNames[output.codec],
        container: output.container.toUpperCase(),
      }),
    ],
    ['facts.size', formatBytes(source.bytes), formatBytes(result.bytes)],
    ['facts.rate', facts && rateText(t, facts.video), null],
    ['job.frames', formatNumber(report.framesIn), formatNumber(report.framesOut)],
    [
      'facts.sound',
      facts && soundText(t, facts.audio),
      output.audio === 'none' ? t('facts.none') : null,
    ],
  ] as const;
  return (
    <div className="card overflow-x-auto">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-left">
            <th scope="col" className="py-1 pr-4 font-medium text-muted">
              {t('job.compared')}
            </th>
            <th scope="col" className="py-1 pr-4 font-semibold">
              {t('drafts.source')}
            </th>
            <th scope="col" className="py-1 font-semibold">
              {t('job.result')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([term, before, after]) => (
            <tr key={term} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal text-muted">
                {t(term)}
              </th>
              <td className="py-1.5 pr-4">{before ?? t('facts.unknown')}</td>
              <td className="py-1.5">{after ?? t('job.kept')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-sm text-muted">
        {t('job.madeWith', {
          model: modelName(t, report.model),
          time: formatDuration(report.seconds),
          provider: report.provider.value,
        })}
      </p>
    </div>
  );
}
