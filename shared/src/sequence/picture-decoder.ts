import type { VideoSample } from 'mediabunny';
import type { Choice, SourceFacts } from '../media/facts.ts';
import type { ImageKind } from './image-kind.ts';

/** How a host makes frames of pictures. */
export interface PictureDecoder {
  /**
   * A whole picture as a frame: upright as its EXIF tag says, opaque (transparent parts over black). The caller closes
   * it. Rejects for damaged pictures.
   */
  decode(bytes: Uint8Array<ArrayBuffer>, kind: ImageKind): Promise<VideoSample>;
  /** Who decodes them, and why. */
  choice(kind: string): Choice<SourceFacts['decoder']['value']>;
}
