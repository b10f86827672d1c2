import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { FrameClock, noSeconds, type Progress } from '@clearreel/shared/pipeline/progress';
import { runSegments } from '@clearreel/shared/pipeline/run-segments';
import { SegmentStore } from '@clearreel/shared/segments/segment-store';
import { openEncoder } from '../encode/choose-encoder.ts';
import { openBackend } from '../engine/backend.ts';
import { findModel } from '../inference/catalogue.ts';
import { openSource } from '../media/open-source.ts';
import { removeSegments, segmentFolder } from '../storage/job-files.ts';
import { fingerprint } from './fingerprint.ts';
import { finishJob } from './finish-job.ts';
import { jobDb } from './job-db.ts';
import type { FrozenJob, HostOptions, JobRecord, JobReport } from './job-record.ts';
import { geometryOf, prepareJob } from './prepare-job.ts';

export interface RunJobOptions {
  readonly jobId: string;
  readonly file: File;
  /** Overrides the job's own, after a fallback. */
  readonly host: HostOptions;
  readonly attempt: number;
  readonly signal: AbortSignal;
  onProgress(progress: Progress): void;
}

const defaultStallSeconds = 120;

/**
 * One attempt at a job, in the engine's worker: runs the segments that are not there yet and joins. It may be ended
 * anywhere and called again. The job's record ends up `completed`, or this throws and leaves the rest to the caller.
 */
export async function runJob(options: RunJobOptions): Promise<JobRecord> {
  const { jobId, file, host, signal } = options;
  const startedMs = performance.now();
  const seconds = noSeconds();
  const job = await jobDb.get(jobId);
  await requireSameFile(job, file);
  const source = await openSource(file, host.decoder, signal);
  seconds.open += (performance.now() - startedMs) / 1000;
  try {
    const frozen = await freeze(job, source, options);
    const geometry = geometryOf(source, job.spec);
    const store = new SegmentStore(await segmentFolder(jobId));
    const done = new Set(await store.complete());
    const missing = frozen.plan.segments.filter(({ index }) => !done.has(index));
    const ran =
      missing.length > 0
        ? await enhance(options, job, frozen, source, store, seconds)
        : { provider: await lastProvider(store), inferenceSeconds: 0 };
    options.onProgress(
      progressOf(frozen, frozen.plan.segments.length, frozen.plan.frameCount, 'join'),
    );
    const joinStartMs = performance.now();
    const joined = await finishJob({ job, source, frozen, geometry, store, file, signal });
    seconds.join += (performance.now() - joinStartMs) / 1000;
    await jobDb.addNotices(jobId, [...source.notices, ...joined.notices]);
    const report: JobReport = {
      framesIn: frozen.plan.frameCount,
      framesOut: joined.frameCount,
      seconds: (performance.now() - startedMs) / 1000,
      stageSeconds: seconds,
      ...ran,
      decoder: source.facts.decoder,
      encoder: { value: frozen.encoder.value, reason: frozen.encoder.reason },
      model: job.spec.enhance.model,
      width: geometry.width,
      height: geometry.height,
      segments: frozen.plan.segments.length,
      resumedSegments: done.size,
      attempts: options.attempt,
      ...(await sumStats(store, frozen)),
    };
    const completed = await jobDb.finish(jobId, joined.result, report);
    await removeSegments(jobId);
    return completed;
  } finally {
    source.dispose();
  }
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

async function freeze(
  job: JobRecord,
  source: MediaSource,
  { host, signal, jobId }: RunJobOptions,
): Promise<FrozenJob> {
  if (job.frozen) return job.frozen;
  const { frozen, notices } = await prepareJob(source, job.spec, host, signal);
  await jobDb.freeze(jobId, frozen);
  await jobDb.addNotices(jobId, notices);
  return frozen;
}

function progressOf(
  { plan }: FrozenJob,
  segmentsDone: number,
  framesDone: number,
  stage: Progress['stage'],
  clock?: FrameClock,
): Progress {
  return {
    stage,
    framesDone,
    framesTotal: plan.frameCount,
    segmentsDone,
    segmentsTotal: plan.segments.length,
    framesPerSecond: clock?.framesPerSecond ?? 0,
    secondsLeft: clock?.secondsFor(plan.frameCount - framesDone) ?? null,
  };
}

async function enhance(
  options: RunJobOptions,
  { spec }: JobRecord,
  frozen: FrozenJob,
  source: MediaSource,
  store: SegmentStore,
  seconds: ReturnType<typeof noSeconds>,
): Promise<{ provider: Choice; inferenceSeconds: number }> {
  const { host } = options;
  const done = new Set(await store.complete());
  const segments = frozen.plan.segments.filter(({ index }) => !done.has(index));
  const finished = frozen.plan.segments.filter(({ index }) => done.has(index));
  let framesDone = finished.reduce((sum, { frameCount }) => sum + frameCount, 0);
  let segmentsDone = finished.length;
  const clock = new FrameClock();
  const tell = () =>
    options.onProgress(progressOf(frozen, segmentsDone, framesDone, 'enhance', clock));
  tell();
  const backend = await openBackend(
    host.provider,
    frozen.encoder.settings.width * frozen.encoder.settings.height,
  );
  const stop = new AbortController();
  void backend.lost.then((reason) => stop.abort(new ClearReelError('DEVICE_LOST', { reason })));
  try {
    const enhancer = await backend.openEnhancer({
      model: spec.enhance.model === 'none' ? null : findModel(spec.enhance.model),
      outputSize: frozen.encoder.settings,
      maxTilePixels: frozen.maxTilePixels,
      reuse: spec.enhance.reuse,
    });
    await runSegments({
      source,
      segments,
      enhancer,
      openEncoder: () => openEncoder(frozen.encoder.settings),
      store,
      provider: backend.provider.value,
      codecString: frozen.encoder.settings.codecString,
      stallSeconds: host.stallSeconds ?? defaultStallSeconds,
      seconds,
      signal: AbortSignal.any([options.signal, stop.signal]),
      onFrame() {
        framesDone++;
        clock.tick(performance.now());
        tell();
      },
      onSegment() {
        segmentsDone++;
        tell();
      },
    });
    return { provider: backend.provider, inferenceSeconds: enhancer.stats.inferenceSeconds };
  } catch (error) {
    throw asClearReelError(error);
  } finally {
    await backend.dispose();
  }
}

async function lastProvider(store: SegmentStore): Promise<Choice> {
  const last = (await store.complete()).at(-1);
  const segment = last === undefined ? null : await store.get(last);
  return { value: segment?.provider ?? 'none', reason: 'all parts were there already' };
}

async function sumStats(store: SegmentStore, { plan }: FrozenJob) {
  const sum = { reusedFrames: 0, reusedTiles: 0, tiles: 0 };
  for (const { index } of plan.segments) {
    const stats = (await store.get(index))?.stats;
    sum.reusedFrames += stats?.reusedFrames ?? 0;
    sum.reusedTiles += stats?.reusedTiles ?? 0;
    sum.tiles += stats?.tiles ?? 0;
  }
  return sum;
}
