import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import type { IndexedPacket } from './source.ts';

/**
 * All packets that are shown, in presentation order, from the container's index alone. Packets that end at or
 * before time 0 are what an edit list cuts away.
 */
export async function indexPackets(
  track: InputVideoTrack,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<readonly IndexedPacket[]> {
  const index: IndexedPacket[] = [];
  const sink = new EncodedPacketSink(track);
  for await (const packet of sink.packets(undefined, undefined, { metadataOnly: true })) {
    signal.throwIfAborted();
    onProgress();
    if (packet.timestamp + packet.duration <= 0 && packet.timestamp < 0) continue;
    index.push({
      timestampSeconds: packet.timestamp,
      durationSeconds: packet.duration,
      isKey: packet.type === 'key',
    });
  }
  return index.sort((a, b) => a.timestampSeconds - b.timestampSeconds);
}

/** The packet whose timestamp is nearest to `seconds`. */
export function nearestPacket(
  index: readonly IndexedPacket[],
  seconds: number,
): IndexedPacket | undefined {
  let low = 0;
  let high = index.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index[middle]?.timestampSeconds ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  const above = index[low];
  const below = index[low - 1];
  if (!above || !below) return above ?? below;
  return seconds - below.timestampSeconds < above.timestampSeconds - seconds ? below : above;
}
