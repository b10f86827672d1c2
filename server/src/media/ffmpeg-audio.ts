import { copiedAudio } from '@clearreel/shared/media/ffmpeg-audio-names';
import type { AudioDecoderConfigData, AudioTrackSource } from '@clearreel/shared/media/source';
import { type AudioCodec, type AudioSample, EncodedPacket } from 'mediabunny';
import { AVDISCARD_ALL, type FormatContext, Packet, type Stream } from 'node-av';
import { decodedAudio } from './av-audio-samples.ts';
import { openInput } from './av-input.ts';
import { stampOf } from './listed-packets.ts';
import { codecName, dispositionOf, tagOf } from './stream-facts.ts';

/** An audio track of a file that FFmpeg reads. Each reading opens the file anew, and nothing is kept of it. */
export function ffmpegAudioTrack(path: string, stream: Stream): AudioTrackSource {
  const { index } = stream;
  const name = codecName(stream);
  const codec = copiedAudio[name] ?? null;
  const config = configOf(codec, name, stream);
  return {
    codec,
    codecName: name,
    languageCode: tagOf(stream, 'language') ?? 'und',
    name: tagOf(stream, 'title'),
    disposition: dispositionOf(stream),
    inputTrack: null,
    decoderConfig: async () => config,
    packets: (signal) => encodedPackets(path, index, signal),
    samples: (startSeconds, endSeconds) => decodedSamples(path, index, startSeconds, endSeconds),
  };
}

/** As the WebCodecs registry spells them, which is not how FFmpeg does: MP3 is no kind of AAC there. */
const codecStrings: Partial<Record<AudioCodec, string>> = {
  mp3: 'mp3',
  ac3: 'ac-3',
  eac3: 'ec-3',
  dts: 'dtsc',
  opus: 'opus',
  vorbis: 'vorbis',
  flac: 'flac',
};

const codecStringOf = (codec: AudioCodec | null, name: string, stated: string | null): string =>
  codec === 'aac' ? (stated ?? 'mp4a.40.2') : ((codec && codecStrings[codec]) ?? name);

/** What WebCodecs calls the decoder's configuration; FLAC's and Opus' begin with a magic that FFmpeg leaves out. */
function configOf(
  codec: AudioCodec | null,
  name: string,
  { codecpar }: Stream,
): AudioDecoderConfigData {
  const { extradata, sampleRate, channels } = codecpar;
  const config = {
    codec: codecStringOf(codec, name, codecpar.getCodecString()),
    sampleRate,
    numberOfChannels: channels,
  };
  if (codec?.startsWith('pcm')) return { ...config, codec };
  if (!extradata || extradata.length === 0) return config;
  if (codec === 'flac' && extradata.toString('latin1', 0, 4) !== 'fLaC') {
    const streamInfo = Buffer.from([0x80, 0, 0, extradata.length]);
    const description = Buffer.concat([Buffer.from('fLaC'), streamInfo, extradata]);
    return { ...config, description: Uint8Array.from(description) };
  }
  return { ...config, description: Uint8Array.from(extradata) };
}

async function* streamPackets(
  path: string,
  index: number,
): AsyncGenerator<{ packet: Packet; context: FormatContext; secondsPerTick: number }> {
  const context = await openInput(path);
  using packet = new Packet();
  packet.alloc();
  try {
    for (const stream of context.streams) {
      if (stream.index !== index) stream.discard = AVDISCARD_ALL;
    }
    const { timeBase } = context.streams[index] as Stream;
    const secondsPerTick = timeBase.num / timeBase.den;
    while ((await context.readFrame(packet)) >= 0) {
      if (packet.streamIndex === index) yield { packet, context, secondsPerTick };
      packet.unref();
    }
  } finally {
    await context.closeInput();
  }
}

async function* encodedPackets(
  path: string,
  index: number,
  signal: AbortSignal,
): AsyncGenerator<EncodedPacket> {
  let nextSeconds = 0;
  for await (const { packet, secondsPerTick } of streamPackets(path, index)) {
    signal.throwIfAborted();
    const ticks = stampOf(packet.pts) ?? stampOf(packet.dts);
    const seconds = ticks === null ? nextSeconds : Number(ticks) * secondsPerTick;
    const duration = Number(packet.duration) * secondsPerTick;
    nextSeconds = seconds + duration;
    yield new EncodedPacket(Uint8Array.from(packet.data ?? []), 'key', seconds, duration);
  }
}

/** What sounds in the span. Whoever takes a sample closes it. */
export async function* decodedSamples(
  path: string,
  index: number,
  startSeconds: number | null,
  endSeconds: number | null,
): AsyncGenerator<AudioSample> {
  const packets = streamPackets(path, index);
  for await (const sample of decodedAudio(packets, index)) {
    const { timestamp, duration } = sample;
    if (startSeconds !== null && timestamp + duration <= startSeconds) sample.close();
    else if (endSeconds !== null && timestamp >= endSeconds) {
      sample.close();
      return;
    } else yield sample;
  }
}
