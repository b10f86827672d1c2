import type { AudioFacts, SourceFacts, VideoFacts } from '@clearreel/shared/media/facts';
import { formatBytes, formatDuration, formatNumber } from '../i18n/format.ts';
import { type Translate, useT } from '../i18n/language.ts';
import { reasonText } from '../i18n/texts.ts';
import { Disclosure } from '../ui/disclosure.tsx';

/** Clocks of whole ticks hardly ever give a whole rate to the last bit. */
const hasFraction = (rate: number) => Math.abs(rate - Math.round(rate)) > 0.0005;

export const rateText = (t: Translate, { constantFrameRate, averageFrameRate }: VideoFacts) =>
  constantFrameRate === null
    ? t('facts.variableRate', { rate: formatNumber(averageFrameRate, 2) })
    : t('facts.constantRate', {
        rate: formatNumber(constantFrameRate, hasFraction(constantFrameRate) ? 3 : 0),
      });

export const soundText = (t: Translate, audio: readonly AudioFacts[]) =>
  audio
    .map(({ codec, languageCode }) => {
      const language = languageCode === 'und' ? '' : ` (${languageCode})`;
      return `${codec ?? t('facts.unknown')}${language}`;
    })
    .join(', ') || t('facts.none');

/** What is known of a file before anything is done with it. */
export function SourceFactsList({ facts }: { facts: SourceFacts }) {
  const t = useT();
  const { video, audio, demuxer, decoder, container } = facts;
  const rows = [
    ['facts.picture', `${video.width}×${video.height}`],
    [
      'facts.format',
      t('facts.codecIn', { codec: video.codec, container: container.toUpperCase() }),
    ],
    ['facts.rate', rateText(t, video)],
    ['facts.length', formatDuration(facts.durationSeconds)],
    ['facts.size', formatBytes(facts.bytes)],
    ['facts.sound', soundText(t, audio)],
  ] as const;
  return (
    <section aria-label={t('facts.title')} className="card">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-3 xl:grid-cols-6">
        {rows.map(([term, fact]) => (
          <div key={term}>
            <dt className="text-muted">{t(term)}</dt>
            <dd className="font-medium break-words">{fact}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-3">
        <Disclosure title={t('facts.howRead')}>
          <dl className="grid gap-2 text-sm text-muted">
            <div>
              <dt className="inline font-medium">{t('facts.readBy')}: </dt>
              <dd className="inline">
                {demuxer.value} – {reasonText(t, demuxer)}
              </dd>
            </div>
            <div>
              <dt className="inline font-medium">{t('facts.decodedBy')}: </dt>
              <dd className="inline">
                {decoder.value} – {reasonText(t, decoder)}
              </dd>
            </div>
          </dl>
        </Disclosure>
      </div>
    </section>
  );
}
