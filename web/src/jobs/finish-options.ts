import type { MediaSource } from '@clearreel/shared/media/source';
import type { SegmentStore } from '@clearreel/shared/segments/segment-store';
import type { OutputGeometry } from '@clearreel/shared/spec/geometry';
import type { FrozenJob, JobRecord } from './job-record.ts';

export interface FinishOptions {
  readonly job: JobRecord;
  readonly source: MediaSource;
  readonly file: File;
  readonly frozen: FrozenJob;
  readonly geometry: OutputGeometry;
  readonly store: SegmentStore;
  readonly signal: AbortSignal;
  /** Called after every packet. */
  onProgress(): void;
}
