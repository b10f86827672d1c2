import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import type { PacketReader } from './packet-decoder.ts';

const verified = { verifyKeyPackets: true };

/** The packets of a container that mediabunny reads. */
export function trackPackets(track: InputVideoTrack): PacketReader {
  const sink = new EncodedPacketSink(track);
  return {
    firstKey: () => sink.getFirstKeyPacket(verified),
    keyAt: async (seconds) =>
      (await sink.getKeyPacket(seconds, verified)) ?? (await sink.getFirstKeyPacket(verified)),
    after: (packet) => sink.getNextPacket(packet, verified),
  };
}
