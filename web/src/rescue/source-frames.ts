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
    // Not from the bytes: mediabunny 1.61 copies those with the chroma of odd widths rounded down.
    const frame = new VideoFrame(data, {
      format: 'I420',
      codedWidth: facts.width,
      codedHeight: facts.height,
      timestamp: Math.round(timestampSeconds * 1e6),
      colorSpace,
    });
    const sample = new VideoSample(frame, {
      timestamp: timestampSeconds,
      duration: durationSeconds,
      rotation: facts.rotation,
      flip: facts.flip,
    });
    yield { timestampSeconds, durationSeconds, sample };
  }
  missing += to - expected;
  if (missing > 0) onMissing(missing);
}
