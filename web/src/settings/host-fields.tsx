import { useDrafts } from '../drafts/drafts-store.ts';
import { useT } from '../i18n/language.ts';
import type { HostOptions } from '../jobs/job-record.ts';
import { Choose } from '../ui/choose.tsx';
import { NumberField } from '../ui/number-field.tsx';

/** Overrides of what is otherwise found out by probing. */
export function HostFields() {
  const t = useT();
  const { host, setHost } = useDrafts();
  const auto = ['auto', t('settings.auto')] as const;
  const choose = (key: keyof HostOptions, value: string | number | undefined) => {
    const { [key]: _, ...others } = host;
    const isAuto = value === 'auto' || value === undefined;
    setHost((isAuto ? others : { ...others, [key]: value }) as HostOptions);
  };
  return (
    <div className="grid grid-cols-2 gap-3">
      <Choose
        label={t('settings.provider')}
        value={host.provider ?? 'auto'}
        options={[auto, ['webgpu', t('settings.gpu')], ['wasm', t('settings.cpu')]]}
        onChoose={(value) => choose('provider', value)}
      />
      <Choose
        label={t('settings.decoder')}
        value={host.decoder ?? 'auto'}
        options={[auto, ['webcodecs', 'WebCodecs'], ['ffmpeg', 'FFmpeg']]}
        onChoose={(value) => choose('decoder', value)}
      />
      <Choose
        label={t('settings.encoder')}
        value={host.encoder ?? 'auto'}
        options={[auto, ['webcodecs', 'WebCodecs'], ['ffmpeg', 'FFmpeg']]}
        onChoose={(value) => choose('encoder', value)}
      />
      <NumberField
        label={t('settings.stallSeconds')}
        value={host.stallSeconds ?? 120}
        step={10}
        onChange={(seconds) => choose('stallSeconds', seconds && Math.max(1, seconds))}
      />
    </div>
  );
}
