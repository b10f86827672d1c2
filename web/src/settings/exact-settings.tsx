import type { SourceFacts } from '@clearreel/shared/media/facts';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { useT } from '../i18n/language.ts';
import { models } from '../inference/catalogue.ts';
import { Choose } from '../ui/choose.tsx';
import { NumberField } from '../ui/number-field.tsx';

const containers = ['mp4', 'mov', 'mkv', 'webm'] as const;
const codecs = [
  ['avc', 'H.264'],
  ['vp9', 'VP9'],
  ['av1', 'AV1'],
  ['hevc', 'HEVC'],
] as const;

interface ExactSettingsProps {
  readonly spec: JobSpec;
  readonly facts: SourceFacts;
  onChange(spec: JobSpec): void;
}

/** Every option of the spec, by its own name. */
export function ExactSettings({ spec, facts, onChange }: ExactSettingsProps) {
  const t = useT();
  const { trim, enhance, output } = spec;
  const setEnhance = (change: Partial<JobSpec['enhance']>) =>
    onChange({ ...spec, enhance: { ...enhance, ...change } });
  const setOutput = (change: Partial<JobSpec['output']>) =>
    onChange({ ...spec, output: { ...output, ...change } });
  const setTrim = (name: 'startSeconds' | 'endSeconds', seconds: number | undefined) => {
    const { trim: _, ...untrimmed } = spec;
    const { [name]: __, ...other } = trim ?? {};
    const next = seconds === undefined ? other : { ...other, [name]: seconds };
    onChange(Object.keys(next).length > 0 ? { ...untrimmed, trim: next } : untrimmed);
  };
  const size = enhance.target.kind === 'size' ? enhance.target : null;
  const setSide = (name: 'width' | 'height', px: number | undefined) => {
    const sides = { width: size?.width, height: size?.height, [name]: px };
    const { width, height } = sides;
    const next = { ...(width && { width }), ...(height && { height }) };
    const isEmpty = !width && !height;
    setEnhance({ target: isEmpty ? { kind: 'factor', factor: 2 } : { kind: 'size', ...next } });
  };
  return (
    <div className="grid grid-cols-2 gap-3">
      <div className="col-span-2">
        <Choose
          label={t('settings.model')}
          value={enhance.model}
          options={[
            ...models.map(({ id, name }) => [id, name] as const),
            ['none', t('settings.noModel')] as const,
          ]}
          onChoose={(model) => setEnhance({ model })}
        />
      </div>
      <NumberField
        label={t('settings.width')}
        value={size?.width}
        step={2}
        onChange={(px) => setSide('width', px)}
      />
      <NumberField
        label={t('settings.height')}
        value={size?.height}
        step={2}
        onChange={(px) => setSide('height', px)}
      />
      <NumberField
        label={t('settings.trimStart')}
        value={trim?.startSeconds}
        step={0.1}
        onChange={(seconds) => setTrim('startSeconds', seconds)}
      />
      <NumberField
        label={t('settings.trimEnd')}
        value={trim?.endSeconds}
        step={0.1}
        onChange={(seconds) => setTrim('endSeconds', seconds)}
      />
      <Choose
        label={t('settings.container')}
        value={output.container}
        options={containers.map((each) => [each, each.toUpperCase()] as const)}
        onChoose={(container) => setOutput({ container })}
      />
      <Choose
        label={t('settings.codec')}
        value={output.codec}
        options={codecs}
        onChoose={(codec) => setOutput({ codec })}
      />
      <Choose
        label={t('settings.audio')}
        value={output.audio}
        options={[
          ['keep', t('settings.audioKeep')],
          ['none', t('settings.audioNone')],
        ]}
        onChoose={(audio) => setOutput({ audio })}
      />
      {facts.video.hdr && (
        <Choose
          label={t('settings.hdr')}
          value={output.hdr === 'convert' ? 'convert' : 'keep'}
          options={[
            ['keep', t('settings.hdrKeep')],
            ['convert', t('settings.hdrConvert')],
          ]}
          onChoose={(hdr) => setOutput({ hdr })}
        />
      )}
      <NumberField
        label={t('settings.segmentSeconds')}
        value={output.segmentSeconds}
        step={1}
        onChange={(seconds) => seconds && setOutput({ segmentSeconds: seconds })}
      />
      <label className="col-span-2 flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          className="mt-0.5 size-4 accent-accent"
          checked={enhance.reuse}
          onChange={({ target }) => setEnhance({ reuse: target.checked })}
        />
        {t('settings.reuse')}
      </label>
    </div>
  );
}
