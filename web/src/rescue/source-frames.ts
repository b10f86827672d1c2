import type { VideoFacts } from '@clearreel/shared/media/facts';
import type { IndexedPacket, SourceFrame, TimeSpan } from '@clearreel/shared/media/source';
import { VideoSample } from 'mediabunny';
import type { FrameReader } from './frame-reader.ts';
import { framesOf } from './frame-windows.ts';

/** Frames of a span as samples, with the index's exact stamps. `onMissing` is told how many could not be decoded. */
export async function* sourceFrames(
  reader: FrameReader,
  index: readonly IndexedPacket[],
  span: TimeSpan,
  facts: Pick<VideoFacts, 'width' | 'height' | 'rotation' | 'flip'>,
  colorSpace: VideoColorSpaceInit,
  signal: AbortSignal,
  onMissing: (frames: number) => void,
): AsyncGenerator<SourceFrame> {
  const { from, to } = framesOf(index, span);
  let expected = from;
  let missing = 0;
  for await (const { at, data } of reader.read(from, to, signal)) {
    const packet = index[at];
    if (packet === undefined) continue;
    missing += at - expected;
    expected = at + 1;
    const { timestampSeconds, durationSeconds } = packet;
    const sample = new VideoSample(data, {
      format: 'I420',
      codedWidth: facts.width,
      codedHeight: facts.height,
      timestamp: timestampSeconds,
      duration: durationSeconds,
      rotation: facts.rotation,
      flip: facts.flip,
      colorSpace,
    });
    yield { timestampSeconds, durationSeconds, sample };
  }
  missing += to - expected;
  if (missing > 0) onMissing(missing);
}
