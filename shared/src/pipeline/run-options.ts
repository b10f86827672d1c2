import type { VideoSample } from 'mediabunny';
import type { SegmentEncoder } from '../media/encoder.ts';
import type { MediaSource, SourceFrame } from '../media/source.ts';
import type { PlannedSegment } from '../plan/plan.ts';
import type { SegmentStore } from '../segments/segment-store.ts';
import type { StageSeconds } from './progress.ts';

/** What the stages need of the enhancer, so that they do not know where its pictures live. */
export interface FrameEnhancer {
  /** Closes the frame's sample in every case; the caller closes the result. */
  enhance(frame: SourceFrame, request?: { progressed?(): void }): Promise<VideoSample>;
  reset(): void;
  readonly stats: { frames: number; reusedFrames: number; tiles: number; reusedTiles: number };
}

export interface RunSegmentsOptions {
  readonly source: MediaSource;
  /** Segments still to run, ascending. */
  readonly segments: readonly PlannedSegment[];
  readonly enhancer: FrameEnhancer;
  readonly openEncoder: () => Promise<SegmentEncoder>;
  readonly store: Pick<SegmentStore, 'put'>;
  /** Stored with each segment: who ran the model. */
  readonly provider: string;
  readonly codecString: string;
  readonly stallSeconds: number;
  readonly seconds: StageSeconds;
  readonly signal: AbortSignal;
  onFrame(segment: PlannedSegment): void;
  onSegment(segment: PlannedSegment, frames: number): void;
}
