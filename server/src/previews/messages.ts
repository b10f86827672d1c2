import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { ServerProvider } from '../inference/provider.ts';

export interface PreviewRequest {
  readonly path: string;
  readonly spec: JobSpec;
  readonly atSeconds: number;
  /** Empty, and thrown away afterwards. */
  readonly workFolder: string;
  readonly providers: readonly ServerProvider[];
}

export interface PreviewPictures {
  readonly timestampSeconds: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export type PreviewAnswer = PreviewPictures | { readonly error: ErrorReport };
