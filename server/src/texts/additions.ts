import type { HdrMetadata } from '@clearreel/shared/media/facts';
import type { Chapter } from '@clearreel/shared/subtitles/chapters';
import type { SubtitleTrack } from './source-subtitles.ts';

/** What is put into a result that is joined already. */
export interface Additions {
  readonly tracks: readonly SubtitleTrack[];
  readonly chapters: readonly Chapter[];
  readonly hdrMetadata: HdrMetadata | undefined;
}
