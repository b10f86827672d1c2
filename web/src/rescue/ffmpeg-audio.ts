import { ClearReelError, reasonFor } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice } from '@clearreel/shared/media/facts';
import type { AudioDecoderConfigData, AudioTrackSource } from '@clearreel/shared/media/source';
import { notice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import {
  BlobSource,
  EncodedPacket,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  MATROSKA,
} from 'mediabunny';
import { type AudioPlan, planAudio } from './audio-codecs.ts';
import { type AudioStamp, extractAudio, listAudioStamps } from './audio-extract.ts';
import type { FfmpegRuntime, NamedBlob } from './ffmpeg-runtime.ts';
import type { ProbedStream } from './probe-json.ts';

/** A track up to this size is taken out of the file at once; a larger one in parts of this size. */
const usualPartBytes = 96 * 1024 * 1024;
/** Milliseconds to which Matroska rounds, and a little. */
const roundingSeconds = 0.0011;
/** Seconds read before and after a part, since seeking is not exact. */
const marginSeconds = 2;

const stage = 'reading the sound';

interface TrackInput {
  readonly runtime: FfmpegRuntime;
  readonly input: NamedBlob;
  readonly stream: ProbedStream;
  readonly durationSeconds: number;
  readonly signal: AbortSignal;
  /** Most bytes of the track in memory at once. */
  readonly partBytes?: number;
}

/** An audio track by way of Matroska; `null`, with a notice, where ffmpeg cannot read it. */
export async function ffmpegAudioTrack(
  given: TrackInput,
  notices: Notice[],
): Promise<AudioTrackSource | null> {
  const { stream, runtime, input, durationSeconds, partBytes = usualPartBytes } = given;
  const plan = planAudio(stream, durationSeconds, 3 * partBytes);
  const codec = stream.codec_name ?? because('UNKNOWN_CODEC');
  try {
    if (!plan.isCopy) {
      notices.push(notice(plan.codec === 'flac' ? 'AUDIO_TO_FLAC' : 'AUDIO_TO_AAC', { codec }));
    }
    const opened = await openTrack(given, plan, partBytes);
    return {
      codec: plan.codec,
      languageCode: stream.tags?.language ?? 'und',
      name: stream.tags?.title ?? null,
      disposition: dispositionOf(stream),
      inputTrack: opened.isWhole ? opened.track : null,
      decoderConfig: async () =>
        (await opened.track.getDecoderConfig()) as AudioDecoderConfigData | null,
      packets: (signal) =>
        opened.isWhole
          ? stamped(opened.track, opened.stamps, signal)
          : inParts(runtime, input, stream, plan, opened.stamps, partBytes, signal),
    };
  } catch (error) {
    given.signal.throwIfAborted();
    notices.push(notice('AUDIO_LOST', { codec, reason: reasonFor(error) }));
    return null;
  }
}

interface OpenedTrack {
  readonly track: InputAudioTrack;
  readonly stamps: readonly AudioStamp[];
  readonly isWhole: boolean;
}

async function openTrack(
  given: TrackInput,
  plan: AudioPlan,
  partBytes: number,
): Promise<OpenedTrack> {
  const { runtime, input, stream, signal } = given;
  const work = { stage, code: 'DECODER_FAILED', inputs: [input], signal } as const;
  return runtime.run(work, async (entered) => {
    const path = entered.inputs[0] ?? '';
    const stamps = plan.isCopy ? await listAudioStamps(entered, path, stream) : [];
    const bytes = stamps.reduce((sum, each) => sum + each.bytes, 0);
    const isWhole = bytes <= partBytes || stamps.length === 0;
    const start = stamps[0]?.timestampSeconds ?? 0;
    const part = isWhole
      ? undefined
      : ({ startSeconds: start, endSeconds: start + 1, by: 'skip' } as const);
    const data = await extractAudio(entered, path, stream.index, plan.options, part);
    return { track: await trackOf(data), stamps, isWhole };
  });
}

async function trackOf(data: Uint8Array<ArrayBuffer>): Promise<InputAudioTrack> {
  const track = await firstTrack(data);
  if (track === null)
    throw new ClearReelError('DECODER_FAILED', { reason: because('NO_SOUND_OUT') });
  return track;
}

/** `null` where the file holds none, as after a seek behind the end. */
async function firstTrack(data: Uint8Array<ArrayBuffer>): Promise<InputAudioTrack | null> {
  // A Blob, not the buffer: the browser may keep it outside of memory.
  const input = new Input({ source: new BlobSource(new Blob([data])), formats: [MATROSKA] });
  return (await input.canRead()) ? input.getPrimaryAudioTrack() : null;
}

const restamp = (packet: EncodedPacket, timestampSeconds: number, durationSeconds: number) =>
  new EncodedPacket(packet.data, packet.type, timestampSeconds, durationSeconds);

/** Packets with the source's exact stamps, which Matroska rounds; Matroska's own where the counts differ. */
async function* stamped(
  track: InputAudioTrack,
  stamps: readonly AudioStamp[],
  signal: AbortSignal,
): AsyncGenerator<EncodedPacket> {
  let at = 0;
  let before = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    signal.throwIfAborted();
    const stamp = stamps[at++];
    const fits =
      stamp !== undefined && Math.abs(stamp.timestampSeconds - packet.timestamp) <= roundingSeconds;
    // Matroska does not say how long its last packet lasts: as long as the one before.
    before = (fits ? stamp.durationSeconds : null) ?? (packet.duration || before);
    yield restamp(packet, fits ? stamp.timestampSeconds : packet.timestamp, before);
  }
}

/** Packets of a track too large to hold: each part's own, found again by their stamps. */
async function* inParts(
  runtime: FfmpegRuntime,
  input: NamedBlob,
  stream: ProbedStream,
  plan: AudioPlan,
  stamps: readonly AudioStamp[],
  partBytes: number,
  signal: AbortSignal,
): AsyncGenerator<EncodedPacket> {
  const work = { stage, code: 'DECODER_FAILED', inputs: [input], signal } as const;
  for (let from = 0; from < stamps.length; ) {
    const to = partEnd(stamps, from, partBytes);
    const wanted = stamps.slice(from, to);
    let packets: EncodedPacket[] = [];
    for (const by of ['seek', 'skip'] as const) {
      const first = wanted[0]?.timestampSeconds ?? 0;
      const last = wanted.at(-1)?.timestampSeconds ?? first;
      const startSeconds = first - marginSeconds;
      const part = { startSeconds, endSeconds: last + marginSeconds, by };
      const data = await runtime.run(work, (entered) =>
        extractAudio(entered, entered.inputs[0] ?? '', stream.index, plan.options, part),
      );
      packets = await findPackets(data, by === 'skip' ? startSeconds : 0, wanted);
      if (packets.length === wanted.length) break;
    }
    signal.throwIfAborted();
    if (packets.length < wanted.length) {
      const reason = because('SOUND_MISSING', { lost: wanted.length - packets.length });
      throw new ClearReelError('DECODER_FAILED', { reason });
    }
    yield* packets;
    from = to;
  }
}

/** The packets with the wanted stamps, up to the first that is not there. */
async function findPackets(
  data: Uint8Array<ArrayBuffer>,
  shiftSeconds: number,
  wanted: readonly AudioStamp[],
): Promise<EncodedPacket[]> {
  const found: EncodedPacket[] = [];
  const track = await firstTrack(data);
  if (track === null) return found;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const stamp = wanted[found.length];
    if (stamp === undefined) break;
    const ahead = packet.timestamp + shiftSeconds - stamp.timestampSeconds;
    if (ahead < -roundingSeconds) continue;
    if (ahead > roundingSeconds) break;
    found.push(restamp(packet, stamp.timestampSeconds, stamp.durationSeconds ?? packet.duration));
  }
  return found;
}

function partEnd(stamps: readonly AudioStamp[], from: number, partBytes: number): number {
  let bytes = 0;
  let to = from;
  while (to < stamps.length && (bytes < partBytes || to === from)) {
    bytes += stamps[to]?.bytes ?? 0;
    to += 1;
  }
  return to;
}

function dispositionOf({ disposition = {} }: ProbedStream): AudioTrackSource['disposition'] {
  const is = (name: string) => disposition[name] === 1;
  return {
    default: is('default'),
    primary: is('default'),
    forced: is('forced'),
    original: is('original'),
    commentary: is('comment'),
    hearingImpaired: is('hearing_impaired'),
    visuallyImpaired: is('visual_impaired'),
  };
}
