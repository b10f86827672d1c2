import { hasCompositionTimes } from '@clearreel/shared/media/frame-stamps';
import type {
  DecoderEvents,
  PacketDecoder,
  TrackDecoding,
} from '@clearreel/shared/media/packet-decoder';
import { trackPackets } from '@clearreel/shared/media/track-packets';
import {
  type EncodedPacket,
  type InputVideoTrack,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny';

export const browserDecoding = async (track: InputVideoTrack): Promise<TrackDecoding> => ({
  areComposition: hasCompositionTimes(await track.getCodec()),
  packets: trackPackets(track),
  canDecode: () => track.canDecode(),
  openDecoder: (events) => openBrowserDecoder(track, events),
});

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
 * The browser's decoder behind mediabunny's wrapper, which knows what browsers get wrong (decision 0042).
 */
async function openBrowserDecoder(
  track: InputVideoTrack,
  { onSample, onError, onDequeue }: DecoderEvents,
): Promise<PacketDecoder> {
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
