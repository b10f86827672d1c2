import type { EncodedPacket, VideoSample } from 'mediabunny';

/** A host's decoder of one track. Packets must begin with a key packet. */
export interface PacketDecoder {
  /** Packets that the decoder has not begun yet. */
  readonly queueSize: number;
  decode(packet: EncodedPacket): void;
  /** Resolves when all that can be decoded of the packets so far has been given to `onSample`. */
  flush(): Promise<void>;
  close(): void;
}

export interface DecoderEvents {
  /** In presentation order. `ownMicroseconds` is the stamp of the packet that it was made of, where that is known. */
  onSample(sample: VideoSample, ownMicroseconds: number | null): void;
  /** The decoder is of no use from here on; frames that it had not given yet are gone. */
  onError(error: unknown): void;
  /** The decoder took a packet out of its queue. */
  onDequeue(): void;
}

/** A track's packets in decode order, read one by one. */
export interface PacketReader {
  firstKey(): Promise<EncodedPacket | null>;
  /** The key packet at or before the time; the first one where there is none. */
  keyAt(seconds: number): Promise<EncodedPacket | null>;
  after(packet: EncodedPacket): Promise<EncodedPacket | null>;
}

/** What a host decodes a track with. */
export interface TrackDecoding {
  /** `false` where packets may lack composition times, and their stamps tell the decode order instead. */
  readonly areComposition: boolean;
  readonly packets: PacketReader;
  canDecode(): Promise<boolean>;
  openDecoder(events: DecoderEvents): Promise<PacketDecoder>;
}
