import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { SourceFacts } from '@clearreel/shared/media/facts';

export interface PictureWish {
  /** Of the file's own time; `null` takes the middle. */
  readonly atSeconds: number | null;
  /** Longest side; `null` keeps the size. */
  readonly maxSidePx: number | null;
}

export interface ReaderRequest {
  readonly path: string;
  readonly picture: PictureWish | null;
  /** Of an image sequence. */
  readonly framesPerSecond?: number | undefined;
}

export interface Picture {
  readonly webp: Uint8Array;
  /** Of the frame that is shown. */
  readonly timestampSeconds: number;
}

export type ReaderAnswer =
  | { readonly facts: SourceFacts; readonly picture: Picture | null }
  | { readonly error: ErrorReport };
