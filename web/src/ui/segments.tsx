import { Label, Radio, RadioGroup } from 'react-aria-components';

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly options: readonly (readonly [value: Value, text: string])[];
  onChoose(value: Value): void;
}

/** A few choices side by side, of which one holds. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onChoose,
}: SegmentsProps<Value>) {
  return (
    <RadioGroup value={value} onChange={(next) => onChoose(next as Value)}>
      <Label className="text-sm font-medium">{label}</Label>
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        {options.map(([each, text]) => (
          <Radio
            key={each}
            value={each}
            className="flex min-h-10 cursor-pointer items-center rounded-lg border border-strong-line px-3 text-sm font-medium transition-colors hover:bg-raised data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent data-[selected]:border-accent data-[selected]:bg-accent data-[selected]:text-on-accent"
          >
            {text}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
