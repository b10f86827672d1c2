import { useId } from 'react';

interface NumberFieldProps {
  readonly label: string;
  /** `undefined` shows an empty field. */
  readonly value: number | undefined;
  readonly step: number;
  onChange(value: number | undefined): void;
}

/** Takes a number when the field is left or Enter is pressed: half a number is not a setting. */
export function NumberField({ label, value, step, onChange }: NumberFieldProps) {
  const id = useId();
  const take = (text: string) => {
    const next = text === '' ? undefined : Math.max(0, Number(text));
    if (next !== value) onChange(next);
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        key={value}
        id={id}
        className="field"
        type="number"
        inputMode="decimal"
        min={0}
        step={step}
        defaultValue={value ?? ''}
        onBlur={({ target }) => take(target.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && take(currentTarget.value)}
      />
    </div>
  );
}
