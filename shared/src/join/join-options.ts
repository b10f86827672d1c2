import type { Target } from 'mediabunny';
import type { ColourTags } from '../media/facts.ts';
import type { MediaSource } from '../media/source.ts';
import type { Plan } from '../plan/plan.ts';
import type { SegmentStore } from '../segments/segment-store.ts';
import type { OutputGeometry } from '../spec/geometry.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import type { AudioAbilities } from './audio-plan.ts';

export interface JoinOptions {
  readonly source: MediaSource;
  readonly spec: JobSpec;
  readonly plan: Plan;
  readonly geometry: OutputGeometry;
  /** What the packets are tagged as; absent means BT.709, limited range. */
  readonly colour?: ColourTags;
  readonly store: SegmentStore;
  readonly target: Target;
  readonly abilities: AudioAbilities;
  readonly signal: AbortSignal;
  /** Called after every segment looked over and every packet written. */
  onProgress(): void;
}
