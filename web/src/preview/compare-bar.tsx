import { Eye } from 'lucide-react';
import { useId } from 'react';
import { Button } from 'react-aria-components';
import { formatDuration } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { models } from '../inference/catalogue.ts';
import { usePreview } from './preview-store.ts';

interface CompareBarProps {
  /** The model of the settings, which the other is compared with. */
  readonly model: string;
  onHold(isHeld: boolean): void;
}

/** A second model beside the first, the original at a press, and what the picture took. */
export function CompareBar({ model, onHold }: CompareBarProps) {
  const t = useT();
  const id = useId();
  const { first, second, compareWith } = usePreview();
  const others = models.filter((each) => each.id !== model && each.task === 'upscale');
  const took = second?.result ?? first?.result;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <label htmlFor={id} className="text-sm font-medium">
        {t('preview.compareWith')}
      </label>
      <select
        id={id}
        className="field w-auto"
        value={second?.model ?? ''}
        onChange={({ target }) => compareWith(target.value || null)}
      >
        <option value="">{t('preview.original')}</option>
        {others.map(({ id: value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <Button
        className="button-quiet touch-none select-none data-[pressed]:bg-accent data-[pressed]:text-on-accent"
        onPressStart={() => onHold(true)}
        onPressEnd={() => onHold(false)}
      >
        <Eye size={16} aria-hidden />
        {t('preview.hold')}
      </Button>
      {took && (
        <p data-model-ms={Math.round(took.modelMs)} className="text-sm text-muted tabular-nums">
          {t(took.provider.value === 'webgpu' ? 'preview.tookGpu' : 'preview.tookCpu', {
            time: formatDuration(took.modelMs / 1000),
          })}
        </p>
      )}
    </div>
  );
}
