import type { Size } from '@clearreel/shared/frameops/contract';
import type { Choice } from '@clearreel/shared/media/facts';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { Rect } from '@clearreel/shared/tiles/rect';
import type { Inspection, Outcome } from '../engine/outcome.ts';
import type { HostOptions, Provider } from '../jobs/job-record.ts';

/** What is known of a file as soon as it is open. */
export interface OpenedPreview extends Inspection {
  /** When each frame is shown, ascending, on the container's own clock. */
  readonly frameSeconds: Float64Array<ArrayBuffer>;
}

/** A frame of the source, upright, in the pixels that it has. Whoever takes it closes `bitmap`. */
export interface PreviewFrame {
  /** Of the frame that is shown; the next one that can be decoded where the wanted one is damaged. */
  readonly seconds: number;
  readonly bitmap: ImageBitmap;
}

export interface PreviewRequest {
  /** Of a frame, as `frameSeconds` has it. */
  readonly seconds: number;
  readonly enhance: JobSpec['enhance'];
  readonly codec: JobSpec['output']['codec'];
  /** Tiles are computed from here outwards: parts of the upright picture's width and height. */
  readonly focus: { readonly x: number; readonly y: number };
}

/** Parts of the enhanced frame that are new, while others are still made. */
export interface PreviewParts {
  readonly tiles: readonly PreviewTile[];
  /** Tiles that the model has run on, and how many it is to run on. */
  readonly done: number;
  readonly total: number;
}

/** A part of the enhanced frame. Whoever takes it closes `bitmap`. */
export interface PreviewTile {
  readonly bitmap: ImageBitmap;
  /** In parts of the upright picture's width and height. */
  readonly rect: Rect;
  /** Percent of `bitmap` in the result, the rest being the source. */
  readonly strength: number;
}

/** The frame as a job with this spec gives it to the encoder, upright. Whoever takes it closes `bitmap`. */
export interface EnhancedPreview {
  readonly seconds: number;
  readonly bitmap: ImageBitmap;
  /** As a player shows the result, in its pixels: turned upright, with its pixel aspect. */
  readonly shownSize: Size;
  readonly provider: Choice<Provider>;
  /** Time in the model, of all. */
  readonly modelMs: number;
  readonly totalMs: number;
}

/** What the worker does for a preview. At most one file is open; a newer request ends an older one with `CANCELLED`. */
export interface PreviewApi {
  /** Gets ready what the first preview needs: the provider, its WebAssembly or GPU, and the model. */
  warmUpPreview(model: string, host: HostOptions): Promise<Outcome<Choice<Provider>>>;
  openPreview(file: File, host: HostOptions): Promise<Outcome<OpenedPreview>>;
  /** A frame to begin with: one that shows something. */
  previewPoster(): Promise<Outcome<PreviewFrame>>;
  /** The poster as a JPEG, upright, in square pixels, at most 320 a side. `null` before there is one. */
  previewThumbnail(): Promise<Outcome<Blob | null>>;
  previewFrame(seconds: number): Promise<Outcome<PreviewFrame>>;
  enhancePreview(
    request: PreviewRequest,
    onParts: (parts: PreviewParts) => void,
  ): Promise<Outcome<EnhancedPreview>>;
  closePreview(): Promise<Outcome<true>>;
}
