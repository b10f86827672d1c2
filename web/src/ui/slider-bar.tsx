import { SliderThumb, SliderTrack } from 'react-aria-components';

/** Track, filled part and thumb of a slider. */
export function SliderBar({ className }: { className: string }) {
  return (
    <SliderTrack className={`relative h-8 cursor-pointer ${className}`}>
      {({ state }) => (
        <>
          <div className="absolute top-3.5 h-1.5 w-full rounded-full bg-line" />
          <div
            className="absolute top-3.5 h-1.5 rounded-full bg-accent"
            style={{ width: `${state.getThumbPercent(0) * 100}%` }}
          />
          <SliderThumb className="top-[1.0625rem] size-5 rounded-full border-2 border-accent bg-surface shadow data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent" />
        </>
      )}
    </SliderTrack>
  );
}
