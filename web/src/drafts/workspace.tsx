import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { ErrorCard } from '../app/error-card.tsx';
import { Notices } from '../app/notices.tsx';
import { Problems } from '../app/problems.tsx';
import type { Assessment } from '../estimate/assess.ts';
import { EstimateCard } from '../estimate/estimate-card.tsx';
import { ProposalCard } from '../estimate/proposal-card.tsx';
import { useAssessment } from '../estimate/use-assessment.ts';
import { useT } from '../i18n/language.ts';
import { PreviewStage } from '../preview/preview-stage.tsx';
import { SettingsPanel } from '../settings/settings-panel.tsx';
import type { Draft } from './draft.ts';
import { DraftStrip } from './draft-strip.tsx';
import { useDrafts } from './drafts-store.ts';
import { FileButton } from './file-button.tsx';
import { KeepCopy } from './keep-copy.tsx';
import { SourceFactsList } from './source-facts.tsx';
import { StartBar } from './start-bar.tsx';

/** One picked file: its picture before and after, what is to become of it, and the start. */
export default function Workspace() {
  const { drafts, currentId } = useDrafts();
  const draft = drafts.find(({ id }) => id === currentId) ?? drafts[0];
  if (!draft) return null;
  return (
    <div className="pt-1">
      <h1 className="sr-only">{draft.file.name}</h1>
      <DraftStrip drafts={drafts} currentId={draft.id} />
      <Opened key={draft.id} draft={draft} />
    </div>
  );
}

const withSdr = (spec: JobSpec): JobSpec => ({
  ...spec,
  output: { ...spec.output, hdr: 'convert' },
});

/** What this device lacks is nothing to a server; what is wrong with the settings is. */
const elsewhere = (said: Pick<Assessment, 'problems' | 'notices'> | null) => ({
  problems: said?.problems.filter(({ code }) => code === 'SPEC_INVALID') ?? [],
  notices: [],
});

function Opened({ draft }: { draft: Draft }) {
  const t = useT();
  const { id, file, isReading, inspection, spec, error } = draft;
  const { host, setSpec } = useDrafts();
  const assessment = useAssessment(draft);
  const said = assessment ?? inspection;
  const { problems, notices } = host.server ? elsewhere(said) : (said ?? elsewhere(null));
  return (
    <section aria-label={t('drafts.source')} aria-busy={isReading}>
      {error && (
        <div className="mb-4">
          <ErrorCard
            error={error}
            actions={
              !inspection && <FileButton className="button">{t('drafts.chooseOther')}</FileButton>
            }
          />
        </div>
      )}
      {isReading && !inspection && (
        <p className="py-24 text-center text-muted" role="status">
          {t('drafts.reading', { name: file.name })}
        </p>
      )}
      {inspection && spec && (
        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <PreviewStage file={file} host={host} spec={spec} facts={inspection.facts} />
            <Problems
              problems={problems}
              action={({ code }) =>
                code === 'SOURCE_HDR' && (
                  <button
                    type="button"
                    className="button-quiet mt-2 flex"
                    onClick={() => setSpec(id, withSdr(spec))}
                  >
                    {t('drafts.convertToSdr')}
                  </button>
                )
              }
            />
            <Notices notices={notices} />
            <div className="grid items-start gap-4 md:grid-cols-2">
              <ProposalCard draftId={id} spec={spec} assessment={assessment} />
              <EstimateCard assessment={assessment} isThere={host.server !== undefined} />
            </div>
            <SourceFactsList facts={inspection.facts} />
          </div>
          <aside
            className="flex flex-col gap-4 lg:sticky lg:top-3 lg:max-h-[calc(100vh-1.5rem)] lg:overflow-y-auto lg:px-1"
            aria-label={t('drafts.settings')}
          >
            <SettingsPanel draft={draft} spec={spec} facts={inspection.facts} />
            {!draft.handle && <KeepCopy draftId={id} bytes={file.size} isKept={draft.keepsCopy} />}
            <StartBar draft={draft} />
          </aside>
        </div>
      )}
    </section>
  );
}
