import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';

interface ChoiceCardsProps<Value extends string> {
  readonly label: string;
  /** Side by side, with a label for screen readers alone. */
  readonly isCompact?: boolean;
  readonly value: Value | null;
  readonly options: readonly {
    readonly value: Value;
    readonly icon: ReactNode;
    readonly title: string;
    readonly text: string;
  }[];
  onChoose(value: Value): void;
}

/** Choices that need a sentence each. */
export function ChoiceCards<Value extends string>({
  label,
  isCompact = false,
  value,
  options,
  onChoose,
}: ChoiceCardsProps<Value>) {
  return (
    <RadioGroup value={value} onChange={(next) => onChoose(next as Value)}>
      <Label className={isCompact ? 'sr-only' : 'text-sm font-medium'}>{label}</Label>
      <div className={`grid gap-1.5 ${isCompact ? 'grid-cols-2' : 'mt-1.5'}`}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            className="group flex cursor-pointer items-start gap-3 rounded-xl border border-line p-3 transition-colors hover:bg-raised data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent data-[selected]:border-accent data-[selected]:bg-accent-soft"
          >
            <span className="mt-0.5 text-muted group-data-[selected]:text-accent" aria-hidden>
              {option.icon}
            </span>
            <span>
              <span className="block text-sm font-semibold">{option.title}</span>
              <span className="block text-sm text-muted">{option.text}</span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
