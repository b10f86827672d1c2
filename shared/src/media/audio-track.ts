import { EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import type { AudioFacts } from './facts.ts';
import type { AudioDecoderConfigData, AudioTrackSource } from './source.ts';

export async function audioTrackSource(track: InputAudioTrack): Promise<AudioTrackSource> {
  const codec = await track.getCodec();
  return {
    codec,
    languageCode: await track.getLanguageCode(),
    name: await track.getName(),
    disposition: await track.getDisposition(),
    inputTrack: track,
    decoderConfig: async () => (await track.getDecoderConfig()) as AudioDecoderConfigData | null,
    preSkipSeconds: codec === 'opus' ? await opusPreSkipSeconds(track) : 0,
    async *packets(signal) {
      for await (const packet of new EncodedPacketSink(track).packets()) {
        signal.throwIfAborted();
        yield packet;
      }
    },
  };
}

/** Pre-skip of the OpusHead (RFC 7845 §5.1), where the container does not count it in its stamps. */
async function opusPreSkipSeconds(track: InputAudioTrack): Promise<number> {
  const format = await track.input.getFormat();
  if (!/matroska|webm/i.test(format.name)) return 0;
  const description = (await track.getDecoderConfig())?.description;
  if (!description) return 0;
  const bytes = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description);
  return bytes.byteLength >= 12 ? bytes.getUint16(10, true) / 48000 : 0;
}

export async function audioFacts(track: InputAudioTrack): Promise<AudioFacts> {
  return {
    codec: await track.getCodec(),
    channels: await track.getNumberOfChannels(),
    sampleRateHz: await track.getSampleRate(),
    languageCode: await track.getLanguageCode(),
    name: await track.getName(),
  };
}
