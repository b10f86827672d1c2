import { formatPosition } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import type { LiveFrames } from '../jobs/live-frames.ts';
import { BeforeAfter } from '../preview/before-after.tsx';

/** The newest frame of a running job, before and after. */
export function NewestFrame({ frames }: { frames: LiveFrames }) {
  const t = useT();
  const { before, after, timestampSeconds } = frames;
  return (
    <figure className="card p-3">
      <div
        className="max-h-[60vh] w-full overflow-hidden rounded-xl"
        style={{ aspectRatio: `${after.width} / ${after.height}` }}
      >
        <BeforeAfter
          {...{ before, after }}
          beforeLabel={t('job.before')}
          afterLabel={t('job.after')}
        />
      </div>
      <figcaption className="mt-2 text-sm text-muted">
        {t('job.newest', { position: formatPosition(timestampSeconds) })}
      </figcaption>
    </figure>
  );
}
