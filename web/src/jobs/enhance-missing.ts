import type { Choice } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { enhanceMissing as enhanceOn } from '@clearreel/shared/pipeline/enhance-missing';
import type { Progress } from '@clearreel/shared/pipeline/progress';
import { defaultStallSeconds } from '@clearreel/shared/pipeline/stall';
import type { Steps } from '@clearreel/shared/pipeline/steps';
import { modelOf } from '@clearreel/shared/prepare/check-spec';
import type { SegmentStore } from '@clearreel/shared/segments/segment-store';
import { openEncoder } from '../encode/choose-encoder.ts';
import { openBackend } from '../engine/backend.ts';
import { findModel } from '../inference/catalogue.ts';
import { jobDb } from './job-db.ts';
import type { FrozenJob, HostOptions, JobRecord } from './job-record.ts';
import type { LiveBitmaps } from './live-frames.ts';
import { bitmapMaker } from './live-picture.ts';

export interface EnhanceMissingOptions {
  readonly job: JobRecord;
  readonly host: HostOptions;
  readonly frozen: FrozenJob;
  readonly source: MediaSource;
  readonly store: SegmentStore;
  /** Indices of the segments that are there. */
  readonly done: readonly number[];
  readonly steps: Steps;
  readonly live: LiveBitmaps;
  onProgress(progress: Progress): void;
}

/** Runs the segments that are not stored yet, and notes how far the job is. */
export function enhanceMissing({
  job,
  host,
  frozen,
  live,
  ...options
}: EnhanceMissingOptions): Promise<{ provider: Choice; inferenceSeconds: number }> {
  const { settings } = frozen.encoder;
  const { facts } = options.source;
  const { reuse, strength } = job.spec.enhance;
  return enhanceOn({
    ...options,
    plan: frozen.plan,
    settings,
    setup: {
      model: modelOf(job.spec, { findModel }),
      maxTilePixels: frozen.maxTilePixels,
      reuse,
      strength,
    },
    stallSeconds: host.stallSeconds ?? defaultStallSeconds,
    openBackend: () => openBackend(host.provider, settings.width * settings.height),
    closeBackend: (backend) => backend.dispose(),
    openEncoder,
    over: (enhancer) => live.over(enhancer, facts, bitmapMaker(facts.video, settings)),
    async onReached(reached) {
      await jobDb.noteReached(job.id, reached);
    },
    onProgress: (progress) => options.onProgress(progress),
  });
}
