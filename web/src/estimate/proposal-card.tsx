import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { Lightbulb } from 'lucide-react';
import { useDrafts } from '../drafts/drafts-store.ts';
import { useT } from '../i18n/language.ts';
import { reasonText } from '../i18n/texts.ts';
import { models } from '../inference/catalogue.ts';
import { useServer } from '../server/server-store.ts';
import type { Assessment } from './assess.ts';

interface ProposalCardProps {
  readonly draftId: string;
  readonly spec: JobSpec;
  readonly assessment: Assessment | null;
}

/** What the app would choose, and why. */
export function ProposalCard({ draftId, spec, assessment }: ProposalCardProps) {
  const t = useT();
  const { setSpec, host, setHost } = useDrafts();
  if (!assessment) return null;
  const { model, size, place, fits, spec: proposed } = assessment.proposal;
  const name = models.find(({ id }) => id === model.value)?.name ?? model.value;
  const isServer = place.value === 'server';
  const isTaken =
    (!isServer || host.server !== undefined) &&
    spec.enhance.model === proposed.enhance.model &&
    JSON.stringify(spec.enhance.target) === JSON.stringify(proposed.enhance.target);
  const use = () => {
    const { model: id, target } = proposed.enhance;
    setSpec(draftId, { ...spec, enhance: { ...spec.enhance, model: id, target } });
    if (isServer) setHost({ ...host, server: useServer.getState().address });
  };
  return (
    <section
      className="card"
      aria-label={t('estimate.proposal')}
      data-model={model.value}
      data-fits={fits}
      data-place={place.value}
    >
      <h2 className="flex items-center gap-2 font-semibold">
        <Lightbulb size={18} aria-hidden className="text-accent" />
        {t('estimate.proposed', {
          model: name,
          size: size.value,
          place: t(isServer ? 'server.there' : 'estimate.here'),
        })}
      </h2>
      <ul className="mt-2 flex list-disc flex-col gap-1 pl-5 text-sm">
        {[model, size, place].map((choice) => (
          <li key={choice.why?.code ?? choice.reason} data-code={choice.why?.code}>
            {reasonText(t, choice)}
          </li>
        ))}
      </ul>
      {!isTaken && (
        <button type="button" className="button-quiet mt-3" onClick={use}>
          {t('estimate.use')}
        </button>
      )}
    </section>
  );
}
