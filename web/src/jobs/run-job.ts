import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { missingFrames } from '@clearreel/shared/notices/missing-frames';
import { choice } from '@clearreel/shared/notices/notice';
import { progressOf } from '@clearreel/shared/pipeline/enhance-missing';
import { noSeconds, type Progress } from '@clearreel/shared/pipeline/progress';
import { defaultStallSeconds } from '@clearreel/shared/pipeline/stall';
import { Steps } from '@clearreel/shared/pipeline/steps';
import { geometryOf } from '@clearreel/shared/prepare/check-spec';
import { prepareJob } from '@clearreel/shared/prepare/prepare-job';
import { SegmentStore } from '@clearreel/shared/segments/segment-store';
import { learnFromJob } from '../estimate/learn-from-job.ts';
import { openSource } from '../media/open-source.ts';
import { readJobFile, segmentFolder } from '../storage/job-files.ts';
import { enhanceMissing } from './enhance-missing.ts';
import { fingerprint } from './fingerprint.ts';
import { finishJob } from './finish-job.ts';
import { jobDb } from './job-db.ts';
import type { EngineReport, FrozenJob, HostOptions, JobRecord } from './job-record.ts';
import type { LiveBitmaps } from './live-frames.ts';
import { trialOf, webHost } from './prepare-job.ts';
import { takeThumbnail } from './result-thumbnail.ts';
import { tidy } from './sweep.ts';

export interface RunJobOptions {
  readonly jobId: string;
  readonly file: File;
  /** Overrides the job's own, after a fallback. */
  readonly host: HostOptions;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly live: LiveBitmaps;
  onProgress(progress: Progress): void;
}

/**
 * One attempt at a job, in the engine's worker: runs the segments that are not there yet and joins. It may be ended
 * anywhere and called again. The job's record ends up `completed`, or this throws and leaves the rest to the caller.
 */
export async function runJob(options: RunJobOptions): Promise<JobRecord> {
  const { jobId, file, host } = options;
  const job = await jobDb.get(jobId);
  const stallSeconds = host.stallSeconds ?? defaultStallSeconds;
  const seconds = noSeconds();
  const steps = new Steps({ stallSeconds, seconds, signal: options.signal });
  try {
    await steps.run('open', () => requireSameFile(job, file));
    const source = await steps.run(
      'open',
      (progressed) => openSource(file, host.decoder, steps.signal, progressed, job.spec.input),
      (late) => late.dispose(),
    );
    try {
      return await runOpened(options, job, source, steps);
    } finally {
      source.dispose();
    }
  } finally {
    await steps.end();
  }
}

async function runOpened(
  options: RunJobOptions,
  job: JobRecord,
  source: MediaSource,
  steps: Steps,
): Promise<JobRecord> {
  const { jobId, file, host, attempt } = options;
  const startedMs = performance.now();
  const before = await jobDb.frozen(jobId);
  const frozen = await freeze(job, before, source, host, steps);
  const { segments, frameCount } = frozen.plan;
  const geometry = geometryOf(source, job.spec);
  const store = new SegmentStore(await segmentFolder(jobId));
  if (frozen !== before) await store.clear();
  const done = await store.complete();
  const ran =
    done.length < segments.length
      ? await enhanceMissing({ ...options, job, frozen, source, store, done, steps })
      : { provider: await lastProvider(store, done), inferenceSeconds: 0 };
  options.onProgress(
    progressOf(frozen.plan, steps, 'join', segments.length, frameCount, ran.provider.value),
  );
  const joined = await steps.run('join', (onProgress) =>
    finishJob({ job, source, frozen, geometry, store, file, signal: steps.signal, onProgress }),
  );
  const notices = [...source.notices, ...joined.notices];
  await jobDb.addNotices(jobId, notices);
  await sayWhatIsMissing(jobId, frameCount, joined.frameCount);
  const report: EngineReport = {
    framesIn: frameCount,
    framesOut: joined.frameCount,
    seconds: steps.seconds.open + (performance.now() - startedMs) / 1000,
    stageSeconds: steps.seconds,
    ...ran,
    decoder: source.facts.decoder,
    encoder: choiceOf(frozen.encoder),
    model: job.spec.enhance.model,
    width: geometry.width,
    height: geometry.height,
    segments: segments.length,
    resumedSegments: done.length,
    attempts: attempt,
    ...(await sumStats(store, frozen)),
  };
  const completed = await jobDb.finish(jobId, joined.result, report);
  await learnFromJob(completed, report, frozen);
  // The job is done; what is left lying is swept at the next start.
  await tidyUp(job).catch(() => {});
  return completed;
}

async function tidyUp({ id, spec }: JobRecord): Promise<void> {
  await tidy(id);
  const result = await readJobFile(id, `result.${spec.output.container}`);
  if (result) await takeThumbnail(id, result);
}

async function requireSameFile({ source }: JobRecord, file: File): Promise<void> {
  let found: string;
  try {
    found = await fingerprint(file);
  } catch (error) {
    throw new ClearReelError('SOURCE_CHANGED', {}, { cause: error });
  }
  if (found !== source.fingerprint) {
    throw new ClearReelError('SOURCE_MISMATCH', { name: source.name });
  }
}

/** Prepared once; only a fallback to another encoder prepares anew, and then no finished segment fits any more. */
async function freeze(
  job: JobRecord,
  before: FrozenJob | null,
  source: MediaSource,
  host: HostOptions,
  steps: Steps,
): Promise<FrozenJob> {
  const isOtherEncoder = host.encoder !== undefined && host.encoder !== before?.encoder.value;
  if (before && !isOtherEncoder) return before;
  const { frozen, notices } = await steps.run('prepare', () =>
    prepareJob(
      source,
      job.spec,
      webHost(job.spec, host, trialOf(source, job.spec, steps.signal)),
      steps.signal,
    ),
  );
  await jobDb.freeze(job.id, frozen);
  await jobDb.addNotices(job.id, notices);
  return frozen;
}

/** What was lost while an attempt ran that then crashed is known only from what the segments lack. */
async function sayWhatIsMissing(jobId: string, planned: number, found: number): Promise<void> {
  const { notices } = await jobDb.get(jobId);
  const missing = missingFrames(notices, planned, found);
  if (missing.length > 0) await jobDb.addNotices(jobId, missing);
}

/** The choice without the settings that a frozen one has. */
const choiceOf = ({ value, reason, why }: Choice): Choice => ({
  value,
  reason,
  ...(why && { why }),
});

async function lastProvider(store: SegmentStore, done: readonly number[]): Promise<Choice> {
  const last = done.at(-1);
  const segment = last === undefined ? null : await store.describe(last);
  return choice(segment?.provider ?? 'none', 'DONE_BEFORE');
}

async function sumStats(store: SegmentStore, { plan }: FrozenJob) {
  const sum = { reusedFrames: 0, reusedTiles: 0, tiles: 0 };
  for (const { index } of plan.segments) {
    const stats = (await store.describe(index))?.stats;
    sum.reusedFrames += stats?.reusedFrames ?? 0;
    sum.reusedTiles += stats?.reusedTiles ?? 0;
    sum.tiles += stats?.tiles ?? 0;
  }
  return sum;
}
