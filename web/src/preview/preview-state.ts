import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { HostOptions } from '../jobs/job-record.ts';
import type { EnhancedPreview, OpenedPreview, PreviewTile } from './preview-api.ts';

export interface PreviewSource {
  readonly file: File;
  readonly host: HostOptions;
  readonly spec: JobSpec;
}

/** One model's picture of the frame. */
export interface PreviewSide {
  readonly model: string;
  /** The last that was finished; of the same frame, maybe with other settings while a newer one is made. */
  readonly result: EnhancedPreview | null;
  /** Parts of the one that is made, to be laid over it. */
  readonly tiles: readonly PreviewTile[];
}

export interface PreviewState {
  readonly file: File | null;
  readonly opened: OpenedPreview | null;
  /** JPEG of the first frame that shows something. */
  readonly thumbnail: Blob | null;
  /** The frame that is looked at; `null` until there is one. */
  readonly seconds: number | null;
  /** That frame as it is, or an earlier one while it is decoded. */
  readonly before: { readonly seconds: number; readonly bitmap: ImageBitmap } | null;
  readonly first: PreviewSide | null;
  /** The model that the first is compared with. */
  readonly second: PreviewSide | null;
  readonly isBusy: boolean;
  /** 0 to 1 while models run; `null` while that is not known. */
  readonly progress: number | null;
  readonly error: ErrorReport | null;

  /** Loads what the first preview needs. Failures are told when a preview is wanted. */
  warmUp(model: string, host: HostOptions): Promise<void>;
  /** Reads what is known of a file, and goes on to its first picture. `spec` instead of the proposed one. */
  open(file: File, host: HostOptions, spec: JobSpec | null): Promise<OpenedPreview>;
  /** Previews with these settings; nothing happens where nothing changed. */
  show(source: PreviewSource): void;
  seek(seconds: number): void;
  /** By so many frames. */
  step(frames: number): void;
  compareWith(model: string | null): void;
  /** Parts of the picture's width and height: what the user looks at. */
  lookAt(focus: { readonly x: number; readonly y: number }): void;
  retry(): void;
  /** Closes the file and the pictures. */
  leave(): void;
  /** Frees everything in the worker, for a job; the pictures stay. */
  rest(): void;
}
