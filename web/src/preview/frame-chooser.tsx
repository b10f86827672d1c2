import { StepBack, StepForward } from 'lucide-react';
import { Label, Slider, SliderOutput } from 'react-aria-components';
import { formatNumber, formatPosition } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { SliderBar } from '../ui/slider-bar.tsx';
import { frameIndex, usePreview } from './preview-store.ts';

/** Which frame is looked at: any, and the one before or after. Image sequences have the rate that is chosen. */
export function FrameChooser({ framesPerSecond }: { framesPerSecond: number | undefined }) {
  const t = useT();
  const { opened, seconds, seek, step } = usePreview();
  if (!opened || seconds === null) return <div className="h-11" />;
  const { frameSeconds, facts } = opened;
  const last = frameSeconds.length - 1;
  const index = frameIndex(frameSeconds, seconds);
  const sinceStart = framesPerSecond
    ? index / framesPerSecond
    : seconds - (facts.originSeconds ?? 0);
  const position = formatPosition(Math.max(0, sinceStart));
  return (
    <div className="flex items-center gap-1">
      <button
        type="button"
        className="button-bare"
        aria-label={t('preview.previousFrame')}
        disabled={index === 0}
        onClick={() => step(-1)}
      >
        <StepBack size={18} aria-hidden />
      </button>
      <Slider
        value={index}
        minValue={0}
        maxValue={Math.max(1, last)}
        isDisabled={last === 0}
        onChange={(next) => seek(frameSeconds[next as number] ?? seconds)}
        className="flex min-w-0 grow items-center gap-3"
      >
        <Label className="sr-only">{t('preview.frame')}</Label>
        <SliderBar className="grow" />
        <SliderOutput className="shrink-0 text-sm text-muted tabular-nums">
          {position}
          <span className="hidden sm:inline">
            {' · '}
            {t('preview.frameOf', {
              number: formatNumber(index + 1),
              total: formatNumber(last + 1),
            })}
          </span>
        </SliderOutput>
      </Slider>
      <button
        type="button"
        className="button-bare"
        aria-label={t('preview.nextFrame')}
        disabled={index >= last}
        onClick={() => step(1)}
      >
        <StepForward size={18} aria-hidden />
      </button>
    </div>
  );
}
