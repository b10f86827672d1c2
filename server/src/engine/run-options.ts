import type { Choice, Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { Progress, StageSeconds } from '@clearreel/shared/pipeline/progress';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { ServerProvider } from '../inference/provider.ts';
import type { SourcePath } from '../media/source-path.ts';
import type { NewestView } from './newest-pictures.ts';

export interface RunJobOptions {
  readonly sourcePath: SourcePath;
  /** For titles and file names only, never a path. */
  readonly sourceName: string;
  readonly spec: JobSpec;
  /** Plan and segments; a second run with the same folder goes on. */
  readonly workFolder: string;
  /** The result and its side files, under names of our own making. */
  readonly resultFolder: string;
  /** Tried in this order. */
  readonly providers: readonly ServerProvider[];
  readonly signal: AbortSignal;
  /** A stage without progress for this long ends the attempt. */
  readonly stallSeconds?: number;
  /** For those who want to see frames while it runs. */
  readonly view?: NewestView;
  onProgress(progress: Progress): void;
  /** Awaited before the next segment is stored; a throw ends the run. */
  onSegment(segment: { readonly index: number; readonly frameCount: number }): Promise<void>;
}

export interface FinishedRun {
  readonly result: {
    readonly storedName: string;
    readonly fileName: string;
    readonly mimeType: string;
    readonly bytes: number;
    readonly sideFiles: readonly { readonly storedName: string; readonly fileName: string }[];
  };
  readonly frameCount: number;
  readonly facts: SourceFacts;
  readonly notices: readonly Notice[];
  readonly provider: Choice;
  readonly encoder: Choice;
  readonly inferenceSeconds: number;
  readonly stageSeconds: StageSeconds;
}
