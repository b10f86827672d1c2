import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { FrameClock, type Progress } from '@clearreel/shared/pipeline/progress';
import { runSegments } from '@clearreel/shared/pipeline/run-segments';
import type { Steps } from '@clearreel/shared/pipeline/steps';
import type { SegmentStore } from '@clearreel/shared/segments/segment-store';
import { openEncoder } from '../encode/choose-encoder.ts';
import { type Backend, openBackend } from '../engine/backend.ts';
import { defaultStallSeconds } from '../engine/stall.ts';
import { findModel } from '../inference/catalogue.ts';
import { jobDb } from './job-db.ts';
import type { FrozenJob, HostOptions, JobRecord } from './job-record.ts';
import type { LiveView } from './live-frames.ts';

export interface EnhanceMissingOptions {
  readonly job: JobRecord;
  readonly host: HostOptions;
  readonly frozen: FrozenJob;
  readonly source: MediaSource;
  readonly store: SegmentStore;
  /** Indices of the segments that are there. */
  readonly done: readonly number[];
  readonly steps: Steps;
  readonly live: LiveView;
  onProgress(progress: Progress): void;
}

/** Pages show no more than this, and messages for every frame of a fast job would keep them busy. */
const tellEveryMs = 100;

export function progressOf(
  { plan }: FrozenJob,
  steps: Steps,
  stage: Progress['stage'],
  segmentsDone: number,
  framesDone: number,
  provider: string | null,
  clock?: FrameClock,
): Progress {
  return {
    stage,
    provider,
    framesDone,
    framesTotal: plan.frameCount,
    segmentsDone,
    segmentsTotal: plan.segments.length,
    framesPerSecond: clock?.framesPerSecond ?? 0,
    secondsLeft: clock?.secondsFor(plan.frameCount - framesDone) ?? null,
    elapsedSeconds: steps.elapsedSeconds,
    stageSeconds: { ...steps.seconds },
  };
}

/** Runs the segments that are not stored yet, and tells how far the whole job is. */
export async function enhanceMissing(
  options: EnhanceMissingOptions,
): Promise<{ provider: Choice; inferenceSeconds: number }> {
  const { job, host, frozen, source, store, steps } = options;
  const { settings } = frozen.encoder;
  const done = new Set(options.done);
  const segments = frozen.plan.segments.filter(({ index }) => !done.has(index));
  const finished = frozen.plan.segments.filter(({ index }) => done.has(index));
  let framesDone = finished.reduce((sum, { frameCount }) => sum + frameCount, 0);
  let segmentsDone = finished.length;
  const clock = new FrameClock();
  let provider: string | null = null;
  let toldMs = 0;
  const tell = () => {
    toldMs = performance.now();
    options.onProgress(
      progressOf(frozen, steps, 'enhance', segmentsDone, framesDone, provider, clock),
    );
  };
  const reached = { frames: framesDone, segments: segmentsDone };
  await jobDb.noteReached(job.id, { ...reached });
  tell();
  const backend = await steps.run(
    'prepare',
    () => openBackend(host.provider, settings.width * settings.height),
    (late) => void late.dispose(),
  );
  provider = backend.provider.value;
  tell();
  const lost = new AbortController();
  void backend.lost.then((reason) => lost.abort(new ClearReelError('DEVICE_LOST', { reason })));
  try {
    const signal = AbortSignal.any([steps.signal, lost.signal]);
    const enhancer = await steps.run('prepare', () => openEnhancer(backend, options));
    await runSegments({
      source,
      segments,
      enhancer: options.live.over(enhancer, source.facts.video, settings),
      openEncoder: () => openEncoder(settings),
      store: {
        async put(segment) {
          const sidecar = await store.put(segment);
          reached.frames += segment.packets.length;
          reached.segments++;
          await jobDb.noteReached(job.id, { ...reached });
          return sidecar;
        },
      },
      provider,
      codecString: settings.codecString,
      stallSeconds: host.stallSeconds ?? defaultStallSeconds,
      seconds: steps.seconds,
      signal,
      onFrame() {
        framesDone++;
        const nowMs = performance.now();
        clock.tick(nowMs);
        if (nowMs - toldMs >= tellEveryMs) tell();
      },
      onSegment() {
        segmentsDone++;
        tell();
      },
    });
    return { provider: backend.provider, inferenceSeconds: enhancer.stats.inferenceSeconds };
  } finally {
    await backend.dispose();
  }
}

const openEnhancer = (backend: Backend, { job, frozen }: EnhanceMissingOptions) =>
  backend.openEnhancer({
    model: job.spec.enhance.model === 'none' ? null : findModel(job.spec.enhance.model),
    outputSize: frozen.encoder.settings,
    maxTilePixels: frozen.maxTilePixels,
    reuse: job.spec.enhance.reuse,
    strength: job.spec.enhance.strength,
  });
