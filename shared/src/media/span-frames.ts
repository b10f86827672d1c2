import { decodeThroughDamage } from './decode-through-damage.ts';
import type { LostFrames } from './lost-frames.ts';
import type { TrackDecoding } from './packet-decoder.ts';
import { nearestPacket } from './packet-index.ts';
import type { IndexedPacket, SourceFrame, TimeSpan } from './source.ts';

const inSpan = (seconds: number, { startSeconds, endSeconds }: TimeSpan) =>
  (startSeconds === null || startSeconds <= seconds) &&
  (endSeconds === null || seconds < endSeconds);

/** A frame whose stamp is further off than half of Matroska's millisecond is that of a packet that is not shown. */
const toleranceSeconds = 0.00051;

/** Frames of a span with the stamps of the packet index. `lost` is told of those that did not come. */
export async function* spanFrames(
  decoding: TrackDecoding,
  index: readonly IndexedPacket[],
  span: TimeSpan,
  isUntagged: boolean,
  lost: LostFrames,
  signal: AbortSignal,
): AsyncGenerator<SourceFrame> {
  const wanted = index.filter(({ timestampSeconds }) => inSpan(timestampSeconds, span));
  const start = wanted[0]?.timestampSeconds;
  const end = wanted.at(-1)?.timestampSeconds;
  if (start === undefined || end === undefined) return;
  const keySeconds = wanted.flatMap((packet) => (packet.isKey ? packet.timestampSeconds : []));
  const found = new Set<IndexedPacket>();
  for await (const frame of decodeThroughDamage(decoding, start, keySeconds, signal)) {
    const { sample, timestampSeconds } = frame;
    const packet = nearestPacket(wanted, timestampSeconds);
    const offSeconds = Math.abs((packet?.timestampSeconds ?? Number.NaN) - timestampSeconds);
    if (packet && offSeconds < toleranceSeconds && !found.has(packet)) {
      found.add(packet);
      yield { ...packet, sample, isUntagged };
    } else sample.close();
    // What comes behind the span need not be decoded.
    if (timestampSeconds >= end) break;
  }
  lost.note(wanted, found);
}
