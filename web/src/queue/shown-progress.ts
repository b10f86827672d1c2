import type { Progress } from '@clearreel/shared/pipeline/progress';
import type { JobRecord } from '../jobs/job-record.ts';
import type { RemoteWork } from '../server/remote-work.ts';
import type { RunningJob } from './queue-state.ts';
import { useQueue } from './queue-store.ts';

/** How far a job is, wherever it runs: sending it counts as a stage of its own. */
export interface ShownProgress {
  /** 0 to 1; `null` while that is not known. */
  readonly share: number | null;
  readonly framesDone: number;
  readonly framesTotal: number;
  /** Of this device or of the server; `null` while the work has not begun. */
  readonly progress: Progress | null;
  readonly work: RemoteWork | null;
  readonly secondsLeft: number | null;
}

const uploadLeft = ({ upload }: RemoteWork): number | null =>
  upload && upload.bytesPerSecond > 0
    ? (upload.totalBytes - upload.sentBytes) / upload.bytesPerSecond
    : null;

export function shownProgress(
  { planned, reached }: JobRecord,
  running: RunningJob | null,
  work: RemoteWork | null,
): ShownProgress {
  const progress = work?.progress ?? running?.progress ?? null;
  const framesTotal = progress?.framesTotal || planned?.frames || 0;
  const framesDone = progress?.framesDone ?? reached?.frames ?? 0;
  const isSending = work !== null && !work.progress && work.upload !== null;
  const upload = isSending ? work.upload : null;
  const isHeldUp = work?.phase === 'away' || work?.phase === 'needsToken';
  const framesShare = framesTotal > 0 ? framesDone / framesTotal : null;
  return {
    ...{ framesDone, framesTotal, progress, work },
    share: upload ? upload.sentBytes / Math.max(1, upload.totalBytes) : framesShare,
    secondsLeft: isHeldUp
      ? null
      : upload && work
        ? uploadLeft(work)
        : (progress?.secondsLeft ?? null),
  };
}

export function useShownProgress(job: JobRecord): ShownProgress {
  const running = useQueue((state) => (state.running?.jobId === job.id ? state.running : null));
  const work = useQueue(
    ({ remote, remoteElsewhere }) => remote.get(job.id) ?? remoteElsewhere.get(job.id) ?? null,
  );
  return shownProgress(job, running, work);
}
