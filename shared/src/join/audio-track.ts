import {
  type AudioSample,
  AudioSampleSink,
  AudioSampleSource,
  EncodedAudioPacketSource,
  type EncodedPacket,
  type Output,
  Quality,
} from 'mediabunny';
import type { AudioDecoderConfigData, AudioTrackSource } from '../media/source.ts';
import type { SourceWindow } from '../plan/source-window.ts';
import { isMatroska } from '../spec/containers.ts';
import type { OutputContainer } from '../spec/job-spec.ts';
import { type Feed, feed } from './feed.ts';

const trackMetadata = ({ languageCode, name, disposition }: AudioTrackSource) => ({
  languageCode,
  disposition,
  ...(name !== null && { name }),
});

export async function copyAudio(
  output: Output,
  source: AudioTrackSource,
  container: OutputContainer,
  window: SourceWindow,
  signal: AbortSignal,
): Promise<Feed> {
  if (!source.codec) throw new Error('a track without a codec cannot be copied');
  const track = new EncodedAudioPacketSource(source.codec);
  output.addAudioTrack(track, trackMetadata(source));
  const decoderConfig = await source.decoderConfig();
  const clock: AudioClock = {
    sourceDelaySeconds: source.preSkipSeconds ?? 0,
    targetDelaySeconds: isMatroska(container) ? opusPreSkipSeconds(source, decoderConfig) : 0,
    preRollSeconds: isMatroska(container) ? 0 : preRollSeconds(source.codec),
    startsAtZero: isMatroska(container),
  };
  return feed(
    windowedPackets(source.packets(signal), window, clock),
    (packet) => track.add(packet, decoderConfig ? { decoderConfig } : undefined),
    () => track.close(),
  );
}

export interface AudioClock {
  /** By how much the source's stamps are later than the sound they begin with. */
  readonly sourceDelaySeconds: number;
  /** By how much the target's are to be: Matroska counts Opus' pre-skip in (RFC 9559 §5.1.4.1.25), ISOBMFF does not. */
  readonly targetDelaySeconds: number;
  /** Sound before a trim that the decoder needs to be in tune at its start; an edit list hides it. */
  readonly preRollSeconds: number;
  /** Matroska has no time below zero. What lies there is the priming that decoders throw away. */
  readonly startsAtZero: boolean;
}

/** Packets that sound inside the window, on the result's clock. */
async function* windowedPackets(
  packets: AsyncIterable<EncodedPacket>,
  { startSeconds, endSeconds, zeroSeconds }: SourceWindow,
  clock: AudioClock,
): AsyncGenerator<EncodedPacket> {
  const floorSeconds = clock.startsAtZero ? -roundingSeconds : Number.NEGATIVE_INFINITY;
  let lastDuration = 0;
  for await (const packet of packets) {
    const sounds = packet.timestamp - clock.sourceDelaySeconds;
    if (endSeconds !== null && sounds >= endSeconds) return;
    // Containers without durations give the last packet none, and ISOBMFF players then drop it.
    const duration = packet.duration || lastDuration;
    lastDuration = duration;
    if (startSeconds !== null && sounds + duration + clock.preRollSeconds <= startSeconds) continue;
    const timestamp = sounds - zeroSeconds + clock.targetDelaySeconds;
    if (timestamp < floorSeconds) continue;
    yield packet.clone({
      timestamp: clock.startsAtZero ? Math.max(0, timestamp) : timestamp,
      duration,
    });
  }
}

const roundingSeconds = 0.0005;

/** One packet of each codec that builds on the one before; Opus asks for 80 ms (RFC 7845 §4.6). */
function preRollSeconds(codec: NonNullable<AudioTrackSource['codec']>): number {
  if (codec === 'opus') return 0.08;
  return codec === 'flac' || codec.startsWith('pcm') ? 0 : 0.03;
}

/** Pre-skip of the OpusHead (RFC 7845 §5.1). */
function opusPreSkipSeconds(
  { codec }: AudioTrackSource,
  config: AudioDecoderConfigData | null,
): number {
  const head = config?.description;
  if (codec !== 'opus' || !head || head.byteLength < 12) return 0;
  return new DataView(head.buffer, head.byteOffset).getUint16(10, true) / 48000;
}

export function encodeAudio(
  output: Output,
  source: AudioTrackSource,
  codec: NonNullable<AudioTrackSource['codec']>,
  { startSeconds, endSeconds, zeroSeconds }: SourceWindow,
): Feed {
  const track = new AudioSampleSource({ codec, bitrate: new Quality('very-high') });
  output.addAudioTrack(track, trackMetadata(source));
  return feed(
    fromZero(decoded(source, startSeconds, endSeconds), zeroSeconds + (source.preSkipSeconds ?? 0)),
    async (sample) => {
      try {
        await track.add(sample);
      } finally {
        sample.close();
      }
    },
    () => track.close(),
  );
}

function decoded(
  { inputTrack, samples }: AudioTrackSource,
  startSeconds: number | null,
  endSeconds: number | null,
): AsyncIterable<AudioSample> {
  if (samples) return samples(startSeconds, endSeconds);
  if (!inputTrack) throw new Error('a track that cannot be decoded cannot be re-encoded');
  return new AudioSampleSink(inputTrack).samples(
    startSeconds ?? undefined,
    endSeconds ?? undefined,
  );
}

/** Samples on the result's clock, cut off before 0: the priming of the decoder, and what a trim leaves out. */
async function* fromZero(
  samples: AsyncIterable<AudioSample>,
  zeroSeconds: number,
): AsyncGenerator<AudioSample> {
  for await (const sample of samples) {
    sample.setTimestamp(sample.timestamp - zeroSeconds);
    const early = Math.max(0, Math.round(-sample.timestamp * sample.sampleRate));
    if (early === 0) {
      yield sample;
      continue;
    }
    try {
      if (early >= sample.numberOfFrames) continue;
      const audible = sample.trim(early);
      audible.setTimestamp(0);
      yield audible;
    } finally {
      sample.close();
    }
  }
}
