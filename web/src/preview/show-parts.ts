import type { FramePart, FrameRequest } from '@clearreel/shared/enhance/enhancer';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import { uprightSize } from '@clearreel/shared/media/upright-size';
import { newMessages } from './new-messages.ts';
import type { PreviewParts, PreviewTile } from './preview-api.ts';
import { resultBitmap, uprightRect } from './upright.ts';

export interface Showing {
  readonly video: VideoFacts;
  readonly strength: number;
  readonly everyMs: number;
  onParts(parts: PreviewParts): void;
}

/** Shows what is done of a frame now and then, and lets the page's messages in between two tiles. */
export function showParts({
  video,
  strength,
  everyMs,
  onParts,
}: Showing): NonNullable<FrameRequest['onTile']> {
  let shownMs = Number.NEGATIVE_INFINITY;
  return async (done, total, parts) => {
    // After the last one the whole picture follows.
    if (done < total && performance.now() - shownMs >= everyMs) {
      const tiles: PreviewTile[] = [];
      for await (const part of parts()) tiles.push(await previewTile(part, video, strength));
      onParts({ tiles, done, total });
      shownMs = performance.now();
    }
    await newMessages();
  };
}

async function previewTile(
  { sample, core }: FramePart,
  video: VideoFacts,
  strength: number,
): Promise<PreviewTile> {
  const bitmap = await resultBitmap(sample, video);
  const { x, y, width, height } = uprightRect(core, video, video);
  const size = uprightSize(video, video);
  const rect = {
    ...{ x: x / size.width, y: y / size.height },
    ...{ width: width / size.width, height: height / size.height },
  };
  return { bitmap, rect, strength };
}
