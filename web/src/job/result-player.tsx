import { useEffect, useState } from 'react';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { BeforeAfter } from '../preview/before-after.tsx';
import { useQueue } from '../queue/queue-store.ts';
import { PlayerControls } from './player-controls.tsx';
import type { OfferedFile } from './use-result-files.ts';
import { useVideo } from './use-video.ts';

interface ResultPlayerProps {
  readonly job: JobRecord;
  readonly result: OfferedFile;
}

/** The job's source without asking for anything; `null` where only a click could reach it. */
function useSourceFile(job: JobRecord): File | null {
  const [file, setFile] = useState<File | null>(null);
  const reachSource = useQueue((state) => state.reachSource);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record is read anew now and then, its source stays the same
  useEffect(() => {
    let isGone = false;
    // Without its source the result plays alone.
    reachSource(job, false).then(
      (found) => !isGone && setFile(found),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [job.id, reachSource]);
  return file;
}

/** Plays the result; beside its source, under one divider and in step, where the browser can play both. */
export function ResultPlayer({ job, result }: ResultPlayerProps) {
  const t = useT();
  const source = useVideo(useSourceFile(job));
  const video = useVideo(result.file);
  if (!source || !video) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: captions, if there are any, are tracks of the file itself
      <video
        aria-label={t('job.result')}
        className="max-h-[70vh] w-full rounded-2xl bg-stage"
        src={result.url}
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
