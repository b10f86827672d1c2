import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { BeforeAfter } from '../preview/before-after.tsx';
import { PlayerControls } from './player-controls.tsx';
import { useVideo, type VideoSource } from './use-video.ts';

interface ResultPlayerProps {
  readonly job: JobRecord;
  readonly source: VideoSource | null;
  readonly result: VideoSource;
  /** Of the result, for a player of the browser's own. */
  readonly url: string;
  /** One of the two cannot be played, perhaps not any more. */
  onBroken?(): void;
}

/** Plays the result; beside its source, under one divider and in step, where the browser can play both. */
export function ResultPlayer(props: ResultPlayerProps) {
  const t = useT();
  const { job, url, onBroken } = props;
  const source = useVideo(props.source, onBroken);
  const video = useVideo(props.result, onBroken);
  if (!source || !video) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: captions, if there are any, are tracks of the file itself
      <video
        aria-label={t('job.result')}
        className="max-h-[70vh] w-full rounded-2xl bg-stage"
        src={url}
        crossOrigin={url.startsWith('http') ? 'anonymous' : undefined}
        controls
      />
    );
  }
  return (
    <div className="card p-3">
      <div
        className="max-h-[70vh] w-full overflow-hidden rounded-xl bg-stage"
        style={{ aspectRatio: `${video.videoWidth} / ${video.videoHeight}` }}
      >
        <BeforeAfter
          before={source}
          after={video}
          beforeLabel={t('job.before')}
          afterLabel={t('job.after')}
          offsetSeconds={job.spec.trim?.startSeconds ?? 0}
        />
      </div>
      <PlayerControls video={video} />
    </div>
  );
}
