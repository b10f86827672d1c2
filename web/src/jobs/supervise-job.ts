import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { ErrorCode } from '@clearreel/shared/errors/codes';
import { addProgress, type Progress } from '@clearreel/shared/pipeline/progress';
import { nextAttempt } from '@clearreel/shared/pipeline/recovery';
import { defaultStallSeconds } from '@clearreel/shared/pipeline/stall';
import { proxy } from 'comlink';
import { EngineClient } from '../engine/engine-client.ts';
import { endJob, type StopAs } from './end-job.ts';
import { jobDb } from './job-db.ts';
import { withJobLock } from './job-lock.ts';
import type { HostOptions, JobRecord } from './job-record.ts';
import type { ShowFrames } from './live-frames.ts';

export interface SupervisedJob {
  /**
   * The job's record at its end, whatever the end was. Rejects with `JOB_BUSY` when another tab runs it, and with
   * `JOB_CHANGED` when it is not `queued` any more.
   */
  readonly done: Promise<JobRecord>;
  /** Ends it at the next whole frame; finished segments are kept. The first call counts. */
  stop(as: StopAs): void;
  /** Shows frames from now on, in this and every later attempt; `null` ends it. */
  watch(show: ShowFrames | null): void;
}

/** What a fallback leads to where its other way does not exist: the failure before it says more. */
const deadEnds: ReadonlySet<ErrorCode> = new Set([
  'ENCODER_MISSING',
  'DECODER_MISSING',
  'PROVIDER_MISSING',
]);

/**
 * Runs a job to its end: attempts in fresh workers go on from the last whole segment, a bounded number of times, then
 * another way (`nextAttempt`). A Web Lock keeps every other tab off the job while this one runs it.
 */
export function superviseJob(
  jobId: string,
  file: File,
  onProgress: (progress: Progress) => void,
): SupervisedJob {
  let engine: EngineClient | null = null;
  let stopAs: StopAs | null = null;
  let show: ShowFrames | null = null;

  /** One attempt in a worker of its own: wasm memory never shrinks, and a lost device never comes back. */
  const attempt = async (host: HostOptions, number: number, follow: (p: Progress) => void) => {
    let stage = 'open';
    const silenceSeconds = host.stallSeconds ?? defaultStallSeconds;
    const client = new EngineClient({ name: 'job', silenceSeconds, stage: () => stage });
    engine = client;
    try {
      if (stopAs) throw new ClearReelError('CANCELLED');
      const tell = (progress: Progress) => {
        stage = progress.stage;
        follow(progress);
      };
      const ending = client.call((remote) => remote.run(jobId, file, host, number, proxy(tell)));
      if (show) client.watch(show);
      return await ending;
    } finally {
      client.stop();
    }
  };

  const run = async (firstHost: HostOptions): Promise<JobRecord> => {
    let host = firstHost;
    let fruitless = 0;
    let fellBackAfter: ClearReelError | null = null;
    let before: Progress | null = null;
    for (let number = 1; ; number++) {
      const seen: Progress[] = []; // The first and the last progress of this attempt.
      try {
        return await attempt(host, number, (progress) => {
          seen[Math.min(seen.length, 1)] = progress;
          onProgress(addProgress(before, progress));
        });
      } catch (error) {
        const failure = asClearReelError(error, 'INTERNAL', { stage: 'the page' });
        if (stopAs) throw failure;
        if (fellBackAfter && deadEnds.has(failure.code)) throw fellBackAfter;
        // Segments are finite, so attempts that each finish one are bounded too.
        const [first, last] = seen;
        const isFruitful = last && first && last.segmentsDone > first.segmentsDone;
        fruitless = isFruitful ? 1 : fruitless + 1;
        const provider = last?.provider ?? host.provider;
        const next = nextAttempt(failure, fruitless, { ...host, ...(provider && { provider }) });
        if (next.kind === 'give up') throw failure;
        await jobDb.addNotices(jobId, [next.notice]);
        if (next.kind === 'fallback') {
          fellBackAfter = failure;
          host = next.path as HostOptions;
        }
        const latest = last ?? first;
        if (latest) before = addProgress(before, latest);
      }
    }
  };

  const done = withJobLock(jobId, async () => {
    const { host } = await jobDb.start(jobId);
    return run(host).catch((error) =>
      endJob(jobId, stopAs ?? asClearReelError(error, 'INTERNAL', { stage: 'the page' })),
    );
  });

  return {
    done,
    stop(as) {
      stopAs ??= as;
      engine?.cancel();
    },
    watch(next) {
      show = next;
      engine?.watch(next);
    },
  };
}
