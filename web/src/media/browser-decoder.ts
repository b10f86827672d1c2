import {
  type EncodedPacket,
  type InputVideoTrack,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny';

export interface BrowserDecoder {
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

/** What mediabunny puts around a `VideoDecoder`; its types do not tell. */
interface DecoderWrapper {
  readonly decoder: VideoDecoder | null;
  getDecodeQueueSize(): number;
  decode(packet: EncodedPacket): void;
  flush(): Promise<void>;
  close(): void;
}

interface SinkInternals {
  _createDecoder(
    onSample: (sample: VideoSample) => void,
    onError: (error: unknown) => void,
  ): Promise<DecoderWrapper>;
}

const ownStamp = (sample: VideoSample): number | null => {
  const { _data: data } = sample as unknown as { readonly _data?: unknown };
  return data instanceof VideoFrame ? data.timestamp : null;
};

/**
 * The browser's decoder behind mediabunny's wrapper, which knows what browsers get wrong (decision 0042). Packets
 * must begin with a key packet.
 */
export async function openBrowserDecoder(
  track: InputVideoTrack,
  { onSample, onError, onDequeue }: DecoderEvents,
): Promise<BrowserDecoder> {
  const sink = new VideoSampleSink(track) as unknown as SinkInternals;
  const wrapper = await sink._createDecoder(
    (sample) => onSample(sample, ownStamp(sample)),
    onError,
  );
  wrapper.decoder?.addEventListener('dequeue', onDequeue);
  return {
    get queueSize() {
      return wrapper.getDecodeQueueSize();
    },
    decode(packet) {
      // Transparency is not kept, so its half of the packet need not be decoded.
      wrapper.decode(packet.sideData.alpha ? packet.clone({ sideData: {} }) : packet);
    },
    flush: () => wrapper.flush(),
    close: () => wrapper.close(),
  };
}
