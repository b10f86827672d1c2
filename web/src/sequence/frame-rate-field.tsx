import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { usualFramesPerSecond } from '@clearreel/shared/spec/sequence-rate';
import { useT } from '../i18n/language.ts';
import { NumberField } from '../ui/number-field.tsx';

interface FrameRateFieldProps {
  readonly spec: JobSpec;
  onChange(spec: JobSpec): void;
}

/** The one thing that pictures do not say themselves. */
export function FrameRateField({ spec, onChange }: FrameRateFieldProps) {
  const t = useT();
  return (
    <NumberField
      label={t('sequence.framesPerSecond')}
      value={spec.input?.framesPerSecond ?? usualFramesPerSecond}
      step={1}
      onChange={(framesPerSecond = usualFramesPerSecond) =>
        onChange({ ...spec, input: { framesPerSecond } })
      }
    />
  );
}
