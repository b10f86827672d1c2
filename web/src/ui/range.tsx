import type { ReactNode } from 'react';
import { Label, Slider, SliderOutput } from 'react-aria-components';
import { SliderBar } from './slider-bar.tsx';

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
      <SliderBar className="col-span-2 mt-1 w-full" />
    </Slider>
  );
}
