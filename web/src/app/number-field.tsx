import { useId } from 'react';

interface NumberFieldProps {
  readonly label: string;
  /** `undefined` shows an empty field. */
  readonly value: number | undefined;
  readonly step: number;
  onChange(value: number | undefined): void;
}

export function NumberField({ label, value, step, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        type="number"
        min={0}
        step={step}
        defaultValue={value ?? ''}
        onBlur={({ target }) =>
          onChange(target.value === '' ? undefined : Math.max(0, Number(target.value)))
        }
      />
    </div>
  );
}
