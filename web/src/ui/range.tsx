import type { ReactNode } from 'react';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';

interface RangeProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What the value means, beside the label. */
  readonly output?: ReactNode;
  onChange(value: number): void;
}

export function Range({ label, value, min, max, step, output, onChange }: RangeProps) {
  return (
    <Slider
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => onChange(next as number)}
      className="grid grid-cols-[1fr_auto] gap-x-3"
    >
      <Label className="text-sm font-medium">{label}</Label>
      <SliderOutput className="text-sm text-muted tabular-nums">{output ?? value}</SliderOutput>
      <SliderTrack className="relative col-span-2 mt-1 h-7 w-full cursor-pointer">
        {({ state }) => (
          <>
            <div className="absolute top-3 h-1.5 w-full rounded-full bg-line" />
            <div
              className="absolute top-3 h-1.5 rounded-full bg-accent"
              style={{ width: `${state.getThumbPercent(0) * 100}%` }}
            />
            <SliderThumb className="top-3.5 size-5 rounded-full border-2 border-accent bg-surface shadow data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent" />
          </>
        )}
      </SliderTrack>
    </Slider>
  );
}
