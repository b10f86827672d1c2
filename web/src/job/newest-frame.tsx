import { useEffect, useRef } from 'react';
import { formatPosition } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import type { LiveFrames } from '../jobs/live-frames.ts';

/** The newest frame of a running job, before and after. */
export function NewestFrame({ frames }: { frames: LiveFrames }) {
  const t = useT();
  return (
    <figure className="card p-3">
      <div className="grid gap-2 sm:grid-cols-2">
        <Picture bitmap={frames.before} label={t('job.before')} />
        <Picture bitmap={frames.after} label={t('job.after')} />
      </div>
      <figcaption className="mt-2 text-sm text-muted">
        {t('job.newest', { position: formatPosition(frames.timestampSeconds) })}
      </figcaption>
    </figure>
  );
}

function Picture({ bitmap, label }: { bitmap: ImageBitmap; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (!target || bitmap.width === 0) return;
    target.width = bitmap.width;
    target.height = bitmap.height;
    target.getContext('2d')?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return (
    <div className="relative overflow-hidden rounded-lg bg-stage">
      <canvas ref={canvas} role="img" aria-label={label} className="block h-auto w-full" />
      <span className="absolute bottom-2 left-2 rounded bg-black/70 px-2 py-0.5 text-xs text-white">
        {label}
      </span>
    </div>
  );
}
