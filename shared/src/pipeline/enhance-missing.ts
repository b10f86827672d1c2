import type { Backend, EnhancerSetup } from '../enhance/backend.ts';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import type { EncoderSettings, SegmentEncoder } from '../media/encoder.ts';
import type { Choice } from '../media/facts.ts';
import type { MediaSource } from '../media/source.ts';
import type { Plan } from '../plan/plan.ts';
import type { SegmentStore } from '../segments/segment-store.ts';
import { FrameClock, type Progress } from './progress.ts';
import type { FrameEnhancer } from './run-options.ts';
import { runSegments } from './run-segments.ts';
import type { Steps } from './steps.ts';

/** How much of a job is finished, in whole segments. */
export interface Reached {
  readonly frames: number;
  readonly segments: number;
}

export interface EnhanceMissingOptions {
  readonly plan: Plan;
  readonly source: MediaSource;
  readonly store: SegmentStore;
  /** Indices of the segments that are there. */
  readonly done: readonly number[];
  readonly settings: EncoderSettings;
  readonly setup: Omit<EnhancerSetup, 'outputSize'>;
  readonly steps: Steps;
  readonly stallSeconds: number;
  openBackend(): Promise<Backend>;
  /** Frees what `openBackend` opened, or gives it back. */
  closeBackend(backend: Backend): Promise<void>;
  openEncoder(settings: EncoderSettings): Promise<SegmentEncoder>;
  /** Lays something over the enhancer, such as a view of its frames. */
  over?(enhancer: FrameEnhancer): FrameEnhancer;
  /** Awaited at the start, and after each segment before the next is stored. */
  onReached(reached: Reached, stored: { index: number; frameCount: number } | null): Promise<void>;
  onProgress(progress: Progress): void;
}

/** Each message has the page drawn anew, which without a GPU is the processor's work, and so takes from the model. */
const tellEveryMs = 500;

export function progressOf(
  plan: Plan,
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
  const { plan, source, store, settings, steps } = options;
  const done = new Set(options.done);
  const segments = plan.segments.filter(({ index }) => !done.has(index));
  const finished = plan.segments.filter(({ index }) => done.has(index));
  let framesDone = finished.reduce((sum, { frameCount }) => sum + frameCount, 0);
  let segmentsDone = finished.length;
  const clock = new FrameClock();
  let provider: string | null = null;
  let toldMs = 0;
  const tell = () => {
    toldMs = performance.now();
    options.onProgress(
      progressOf(plan, steps, 'enhance', segmentsDone, framesDone, provider, clock),
    );
  };
  const reached = { frames: framesDone, segments: segmentsDone };
  await options.onReached({ ...reached }, null);
  tell();
  const backend = await steps.run(
    'prepare',
    () => options.openBackend(),
    (late) => void options.closeBackend(late),
  );
  provider = backend.provider.value;
  tell();
  const lost = new AbortController();
  void backend.lost.then((reason) => lost.abort(new ClearReelError('DEVICE_LOST', { reason })));
  try {
    const signal = AbortSignal.any([steps.signal, lost.signal]);
    const enhancer = await steps.run('prepare', () =>
      backend.openEnhancer({ ...options.setup, outputSize: settings }),
    );
    await runSegments({
      source,
      segments,
      enhancer: options.over?.(enhancer) ?? enhancer,
      openEncoder: () => options.openEncoder(settings),
      store: {
        async put(segment) {
          const sidecar = await store.put(segment);
          const frameCount = segment.packets.length;
          reached.frames += frameCount;
          reached.segments++;
          await options.onReached({ ...reached }, { index: segment.index, frameCount });
          return sidecar;
        },
      },
      provider,
      codecString: settings.codecString,
      stallSeconds: options.stallSeconds,
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
    await options.closeBackend(backend);
  }
}
