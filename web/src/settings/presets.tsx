import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { useDrafts } from '../drafts/drafts-store.ts';
import { useT } from '../i18n/language.ts';
import { Choose } from '../ui/choose.tsx';
import { type OwnPreset, ownPresetSettings, ownPresets, usePresets } from './presets-store.ts';

const isOwn = (name: string): name is OwnPreset => (ownPresets as readonly string[]).includes(name);

/** Whole sets of settings, the app's and the user's. */
export function Presets({ draft, spec }: { draft: Draft; spec: JobSpec }) {
  const t = useT();
  const setSpec = useDrafts((state) => state.setSpec);
  const { presets, save, remove } = usePresets();
  const [name, setName] = useState('');
  const { enhance, output } = spec;
  const current = JSON.stringify({ enhance, output });
  const isCurrent = (settings: object) => JSON.stringify(settings) === current;
  const chosenOwn = ownPresets.find((each) => isCurrent(ownPresetSettings[each]));
  const chosen = presets.find(({ settings }) => isCurrent(settings));
  const choose = (value: string) => {
    const key = value.slice(value.indexOf(':') + 1);
    const settings = value.startsWith('own:')
      ? isOwn(key) && ownPresetSettings[key]
      : presets.find((preset) => preset.name === key)?.settings;
    if (settings) setSpec(draft.id, { ...spec, ...settings });
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <div className="grow">
          <Choose
            label={t('settings.preset')}
            value={chosenOwn ? `own:${chosenOwn}` : chosen ? `user:${chosen.name}` : ''}
            options={[
              ['', t('settings.presetNone')],
              ...ownPresets.map((each) => [`own:${each}`, t(`settings.presets.${each}`)] as const),
              ...presets.map((preset) => [`user:${preset.name}`, preset.name] as const),
            ]}
            onChoose={choose}
          />
        </div>
        {chosen && (
          <button
            type="button"
            className="button-bare"
            aria-label={t('settings.presetRemove', { name: chosen.name })}
            onClick={() => remove(chosen.name)}
          >
            <Trash2 size={18} aria-hidden />
          </button>
        )}
      </div>
      {!chosenOwn && !chosen && (
        <div className="flex gap-2">
          <input
            className="field"
            aria-label={t('settings.presetName')}
            placeholder={t('settings.presetName')}
            value={name}
            maxLength={40}
            onChange={({ target }) => setName(target.value)}
          />
          <button
            type="button"
            className="button-quiet shrink-0"
            disabled={name.trim() === ''}
            onClick={() => {
              save({ name: name.trim(), settings: { enhance, output } });
              setName('');
            }}
          >
            {t('settings.presetSave')}
          </button>
        </div>
      )}
    </div>
  );
}
