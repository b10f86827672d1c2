import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { ErrorCode } from '@clearreel/shared/errors/codes';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import { proxy } from 'comlink';
import { EngineClient } from '../engine/engine-client.ts';
import { jobDb } from './job-db.ts';
import type { HostOptions, JobRecord } from './job-record.ts';

/** Errors after which a new worker may do better; everything else would only fail again. */
const recoverable: ReadonlySet<ErrorCode> = new Set([
  'DEVICE_LOST',
  'INFERENCE_FAILED',
  'ENCODER_FAILED',
  'DECODER_FAILED',
  'STAGE_STALLED',
  'WORKER_CRASHED',
]);

/** Errors that the GPU path may be to blame for. */
const gpuSuspects: ReadonlySet<ErrorCode> = new Set([
  'DEVICE_LOST',
  'INFERENCE_FAILED',
  'STAGE_STALLED',
  'WORKER_CRASHED',
]);

/** Attempts in a row that may end without one more segment, before the GPU is given up or the job fails. */
const fruitlessAttempts = 3;

/** Seconds for which a worker may be silent; one tile in wasm on a slow machine blocks it for long. */
const silenceSeconds = 120;

export interface SupervisedJob {
  readonly done: Promise<JobRecord>;
  cancel(): void;
}

export const jobLock = (jobId: string): string => `clearreel-job-${jobId}`;

/**
 * Runs a job to its end: attempts in fresh workers go on from the last whole segment, a bounded number of times, then
 * once more without the GPU. A Web Lock keeps every other tab off the job while this one runs it.
 */
export function superviseJob(
  jobId: string,
  file: File,
  onProgress: (progress: Progress) => void,
): SupervisedJob {
  let engine: EngineClient | null = null;
  let isCancelled = false;
  let segmentsDone = 0;
  const follow = (progress: Progress) => {
    segmentsDone = Math.max(segmentsDone, progress.segmentsDone);
    onProgress(progress);
  };
  const cancel = () => {
    isCancelled = true;
    engine?.cancel();
  };

  const attempt = async (host: HostOptions, number: number): Promise<JobRecord> => {
    const client = new EngineClient(host.stallSeconds ?? silenceSeconds);
    engine = client;
    try {
      if (isCancelled) throw new ClearReelError('CANCELLED');
      return await client.call((remote) => remote.run(jobId, file, host, number, proxy(follow)));
    } finally {
      client.stop();
    }
  };

  const run = async (): Promise<JobRecord> => {
    const { host: chosen } = await jobDb.start(jobId);
    let host = chosen;
    let fruitless = 0;
    for (let number = 1; ; number++) {
      const segmentsBefore = segmentsDone;
      try {
        return await attempt(host, number);
      } catch (error) {
        const failure = ClearReelError.fromReport(asReport(error));
        if (!recoverable.has(failure.code) || isCancelled) throw failure;
        // An attempt that finished a segment made progress; since segments are finite, so are the attempts.
        fruitless = segmentsDone > segmentsBefore ? 1 : fruitless + 1;
        const next = await nextHost(jobId, host, failure, fruitless);
        if (!next) throw failure;
        host = next;
      }
    }
  };

  const settle = async (): Promise<JobRecord> => {
    try {
      return await run();
    } catch (error) {
      const report = asReport(error);
      return report.code === 'CANCELLED' ? jobDb.cancel(jobId) : jobDb.fail(jobId, report);
    }
  };

  return { done: withLock(jobId, settle), cancel };
}

const asReport = (error: unknown) =>
  (error instanceof ClearReelError
    ? error
    : new ClearReelError('INTERNAL', { stage: 'the page', reason: String(error) })
  ).toReport();

/** What to try after a failed attempt, or `null` when enough has been tried. */
async function nextHost(
  jobId: string,
  host: HostOptions,
  failure: ClearReelError,
  fruitless: number,
): Promise<HostOptions | null> {
  if (fruitless < fruitlessAttempts) {
    await jobDb.addNotices(jobId, [
      {
        code: 'RESTARTED',
        message: `${failure.message} The engine was restarted and goes on with the next part.`,
      },
    ]);
    return host;
  }
  const mayFallBack = host.provider !== 'wasm' && gpuSuspects.has(failure.code);
  if (fruitless > fruitlessAttempts || !mayFallBack) return null;
  await jobDb.addNotices(jobId, [
    {
      code: 'FALLBACK_WASM',
      message: `${failure.message} After ${fruitless} attempts the job goes on without the GPU, which is slower.`,
    },
  ]);
  return { ...host, provider: 'wasm' };
}

function withLock(jobId: string, work: () => Promise<JobRecord>): Promise<JobRecord> {
  return navigator.locks.request(jobLock(jobId), { ifAvailable: true }, async (lock) => {
    if (!lock) throw new ClearReelError('JOB_BUSY');
    return work();
  });
}

/** Ids of the jobs that some tab of this browser is running now. */
export async function runningJobs(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  const prefix = jobLock('');
  return new Set(
    held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
}
