import { Minus, Plus } from 'lucide-react';
import { formatPercent } from '../../i18n/format.ts';
import { useT } from '../../i18n/language.ts';
import { fitted, type Scene, type Viewport, zoomedBy, zoomedStep, zoomOf } from './viewport.ts';

interface ZoomBarProps {
  readonly scene: Scene;
  readonly viewport: Viewport;
  onChange(viewport: Viewport): void;
}

const button =
  'grid h-9 min-w-9 place-items-center rounded-md px-2 text-xs font-medium text-white hover:bg-white/20 aria-pressed:bg-white aria-pressed:text-black';

/** Zoom in pixels of the result: at 100 % one of them is one of the screen's. */
export function ZoomBar({ scene, viewport, onChange }: ZoomBarProps) {
  const t = useT();
  const zoom = zoomOf(viewport, scene);
  const to = (wanted: number) => onChange(zoomedBy(viewport, scene, wanted / zoom));
  return (
    <fieldset
      aria-label={t('preview.zoom')}
      className="absolute right-2 bottom-2 z-20 flex gap-0.5 rounded-lg bg-black/70 p-0.5"
    >
      <button
        type="button"
        className={button}
        aria-label={t('preview.zoomOut')}
        onClick={() => onChange(zoomedStep(viewport, scene, -1))}
      >
        <Minus size={16} aria-hidden />
      </button>
      <button
        type="button"
        className={button}
        aria-pressed={viewport.zoom === 'fit'}
        onClick={() => onChange(fitted)}
      >
        {t('preview.fit')}
      </button>
      {[1, 2].map((each) => (
        <button
          key={each}
          type="button"
          className={button}
          aria-pressed={viewport.zoom !== 'fit' && Math.abs(zoom - each) < 0.005}
          onClick={() => to(each)}
        >
          {formatPercent(each)}
        </button>
      ))}
      <button
        type="button"
        className={button}
        aria-label={t('preview.zoomIn')}
        onClick={() => onChange(zoomedStep(viewport, scene, 1))}
      >
        <Plus size={16} aria-hidden />
      </button>
      <output className="sr-only">{t('preview.zoomAt', { percent: formatPercent(zoom) })}</output>
    </fieldset>
  );
}
