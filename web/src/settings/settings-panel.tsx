import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { Brush, Clapperboard, Gem, Maximize2, Zap } from 'lucide-react';
import type { Draft } from '../drafts/draft.ts';
import { useDrafts } from '../drafts/drafts-store.ts';
import { type Translate, useT } from '../i18n/language.ts';
import { FrameRateField } from '../sequence/frame-rate-field.tsx';
import { ChoiceCards } from '../ui/choice-cards.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Range } from '../ui/range.tsx';
import { Segments } from '../ui/segments.tsx';
import { ExactSettings } from './exact-settings.tsx';
import { HostFields } from './host-fields.tsx';
import { kindOf, kinds, modelFor } from './kinds.ts';
import { Presets } from './presets.tsx';
import { SpecText } from './spec-text.tsx';
import { targetName, targetNames, targets } from './targets.ts';

const icons = { everyday: Clapperboard, clean: Gem, drawn: Brush, fast: Zap, resize: Maximize2 };

/** A quality of 0 to 100 in words. */
function qualityName(t: Translate, quality: number): string {
  if (quality < 40) return t('settings.qualitySmall');
  if (quality < 70) return t('settings.qualityGood');
  if (quality < 90) return t('settings.qualityHigh');
  return t('settings.qualityLossless');
}

interface SettingsPanelProps {
  readonly draft: Draft;
  readonly spec: JobSpec;
  readonly facts: SourceFacts;
}

/** What is to become of a file, in the user's words; the exact knobs are one click away. */
export function SettingsPanel({ draft, spec, facts }: SettingsPanelProps) {
  const t = useT();
  const setSpec = useDrafts((state) => state.setSpec);
  const { enhance, output } = spec;
  const set = (next: JobSpec) => setSpec(draft.id, next);
  const setEnhance = (change: Partial<JobSpec['enhance']>) =>
    set({ ...spec, enhance: { ...enhance, ...change } });
  const kind = kindOf(enhance.model);
  return (
    <form
      className="card flex flex-col gap-5"
      aria-label={t('settings.form')}
      onSubmit={(event) => event.preventDefault()}
    >
      {facts.container === 'images' && <FrameRateField spec={spec} onChange={set} />}
      <Presets draft={draft} spec={spec} />
      <ChoiceCards
        label={t('settings.kind')}
        value={kind}
        options={kinds.map((value) => {
          const Icon = icons[value];
          return {
            value,
            icon: <Icon size={18} />,
            title: t(`settings.kinds.${value}`),
            text: t(`settings.kindTexts.${value}`),
          };
        })}
        onChoose={(next) => setEnhance({ model: modelFor(next, enhance.target) })}
      />
      <Segments
        label={t('settings.size')}
        value={targetName(enhance.target)}
        options={targetNames.map((name) => [name, t(`settings.sizes.${name}`)] as const)}
        onChoose={(name) => {
          const target = targets[name];
          setEnhance({ target, ...(kind && { model: modelFor(kind, target) }) });
        }}
      />
      {enhance.model !== 'none' && (
        <Range
          label={t('settings.strength')}
          value={enhance.strength}
          min={0}
          max={100}
          step={5}
          output={`${enhance.strength} %`}
          onChange={(strength) => setEnhance({ strength })}
        />
      )}
      <Range
        label={t('settings.quality')}
        value={output.quality}
        min={0}
        max={100}
        step={1}
        output={`${qualityName(t, output.quality)} · ${output.quality}`}
        onChange={(quality) => set({ ...spec, output: { ...output, quality } })}
      />
      <Disclosure title={t('settings.exact')}>
        <ExactSettings spec={spec} facts={facts} onChange={set} />
      </Disclosure>
      <Disclosure title={t('settings.machine')}>
        <HostFields />
      </Disclosure>
      <Disclosure title={t('settings.json')}>
        <SpecText draftId={draft.id} spec={spec} />
      </Disclosure>
    </form>
  );
}
