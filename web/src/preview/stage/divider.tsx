import { ChevronsLeftRight } from 'lucide-react';
import { formatPercent } from '../../i18n/format.ts';
import { useT } from '../../i18n/language.ts';

interface DividerProps {
  /** 0 to 1 of the width. */
  readonly position: number;
  readonly leftLabel: string;
  readonly rightLabel: string;
  onChange(position: number): void;
}

/** The line between both sides. The pane moves it by pointer; keys and screen readers have the slider in it. */
export function Divider({ position, leftLabel, rightLabel, onChange }: DividerProps) {
  const t = useT();
  const shares = { left: leftLabel, right: rightLabel, percent: formatPercent(position) };
  return (
    <div
      data-divider
      className="absolute inset-y-0 z-10 w-11 -translate-x-1/2 cursor-ew-resize touch-none"
      style={{ left: `${position * 100}%` }}
    >
      <input
        type="range"
        min={0}
        max={100}
        value={Math.round(position * 100)}
        aria-label={t('preview.divider')}
        aria-valuetext={t('preview.dividerAt', shares)}
        onChange={({ target }) => onChange(Number(target.value) / 100)}
        className="peer sr-only"
      />
      <div
        aria-hidden
        className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_4px_rgb(0_0_0/0.8)]"
      />
      <div
        aria-hidden
        className="absolute top-1/2 left-1/2 grid size-10 -translate-1/2 place-items-center rounded-full bg-white text-black shadow-lg outline-offset-2 outline-sky-400 peer-focus-visible:outline-4"
      >
        <ChevronsLeftRight size={20} />
      </div>
    </div>
  );
}
