import {
  type AudioSample,
  AudioSampleSink,
  AudioSampleSource,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedVideoPacketSource,
  type MetadataTags,
  Output,
  Quality,
  type Target,
} from 'mediabunny';
import type { Notice } from '../media/facts.ts';
import type { AudioTrackSource, MediaSource } from '../media/source.ts';
import type { Plan } from '../plan/plan.ts';
import type { SegmentStore } from '../segments/segment-store.ts';
import type { OutputGeometry } from '../spec/geometry.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import { type AudioAbilities, audioNotice, planAudio } from './audio-plan.ts';
import { outputFormat } from './output-format.ts';
import { surveySegments, videoPackets } from './video-packets.ts';

export interface JoinOptions {
  readonly source: MediaSource;
  readonly spec: JobSpec;
  readonly plan: Plan;
  readonly geometry: OutputGeometry;
  readonly store: SegmentStore;
  readonly target: Target;
  readonly abilities: AudioAbilities;
  readonly signal: AbortSignal;
}

export interface JoinResult {
  readonly mimeType: string;
  readonly frameCount: number;
  readonly notices: readonly Notice[];
}

/** What a track still has to give: the time of its next piece, and how to hand it to the muxer. */
interface Feed {
  nextSeconds(): Promise<number | null>;
  push(): Promise<void>;
}

/**
 * Writes the result: the segments' packets, then every other track beside them, packet by packet. Nothing is
 * encoded but audio that the container cannot hold. Tracks advance together by time, so that the muxer
 * never has to keep one of them waiting in memory.
 */
export async function joinSegments(options: JoinOptions): Promise<JoinResult> {
  const { source, spec, plan, store, signal } = options;
  const format = outputFormat(spec.output.container);
  const output = new Output({ format, target: options.target });
  const notices: Notice[] = [];
  const shiftSeconds = spec.trim?.startSeconds ?? 0;
  try {
    const video = await surveySegments(plan, store);
    const feeds: Feed[] = [await addVideo(options, output, video, shiftSeconds)];
    const audio = spec.output.audio === 'keep' ? source.audio : [];
    for (const [position, track] of audio.entries()) {
      const action = await planAudio(track, format, options.abilities);
      const notice = audioNotice(action, track, position, spec.output.container);
      if (notice) notices.push(notice);
      if (action.kind === 'copy') feeds.push(await copyAudio(options, output, track, shiftSeconds));
      if (action.kind === 'encode') {
        feeds.push(encodeAudio(options, output, track, action.codec, shiftSeconds));
      }
    }
    output.setMetadataTags(portableTags(source, spec));
    await output.start();
    await interleave(feeds, signal);
    await output.finalize();
    return { mimeType: await output.getMimeType(), frameCount: video.frameCount, notices };
  } catch (error) {
    if (output.state !== 'finalized') await output.cancel().catch(() => {});
    throw error;
  }
}

async function addVideo(
  { source, spec, plan, geometry, store }: JoinOptions,
  output: Output,
  video: Awaited<ReturnType<typeof surveySegments>>,
  shiftSeconds: number,
): Promise<Feed> {
  const { video: facts } = source.facts;
  const track = new EncodedVideoPacketSource(spec.output.codec);
  const isIsobmff = spec.output.container === 'mp4' || spec.output.container === 'mov';
  output.addVideoTrack(track, {
    rotation: facts.rotation,
    flip: facts.flip,
    languageCode: facts.languageCode,
    ...(facts.name !== null && { name: facts.name }),
    // In ISOBMFF the "frame rate" becomes the track's clock. The source's own clock keeps every timestamp exact,
    // variable ones too; without it they are rounded to 1/57600 s.
    ...(isIsobmff && facts.ticksPerSecond && { frameRate: facts.ticksPerSecond }),
  });
  const { num, den } = geometry.pixelAspect;
  const decoderConfig = {
    ...video.config,
    codedWidth: geometry.width,
    codedHeight: geometry.height,
    displayAspectWidth: geometry.width * num,
    displayAspectHeight: geometry.height * den,
    colorSpace: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
  } as const;
  const packets = videoPackets(plan, store, video, shiftSeconds);
  return feed(
    packets,
    (packet) => track.add(packet, { decoderConfig }),
    () => track.close(),
  );
}

const trackMetadata = ({ languageCode, name, disposition }: AudioTrackSource) => ({
  languageCode,
  disposition,
  ...(name !== null && { name }),
});

async function copyAudio(
  { spec, signal }: JoinOptions,
  output: Output,
  source: AudioTrackSource,
  shiftSeconds: number,
): Promise<Feed> {
  if (!source.codec) throw new Error('a track without a codec cannot be copied');
  const track = new EncodedAudioPacketSource(source.codec);
  output.addAudioTrack(track, trackMetadata(source));
  const decoderConfig = await source.decoderConfig();
  const countsPreSkip = output.format.negativeTimestampSupport === 'full';
  const delaySeconds = shiftSeconds + (countsPreSkip ? (source.preSkipSeconds ?? 0) : 0);
  const packets = trimAudio(source.packets(signal), spec, output, delaySeconds);
  return feed(
    packets,
    (packet) => track.add(packet, decoderConfig ? { decoderConfig } : undefined),
    () => track.close(),
  );
}

/** Packets that sound inside the trim. One that only begins before it is kept where the container has edit lists. */
async function* trimAudio(
  packets: AsyncIterable<EncodedPacket>,
  { trim }: JobSpec,
  output: Output,
  shiftSeconds: number,
): AsyncGenerator<EncodedPacket> {
  const takesNegative = output.format.negativeTimestampSupport === 'full';
  for await (const packet of packets) {
    if (trim?.endSeconds !== undefined && packet.timestamp >= trim.endSeconds) return;
    const timestamp = packet.timestamp - shiftSeconds;
    if (trim?.startSeconds !== undefined && timestamp + packet.duration <= 0) continue;
    if (timestamp < 0 && !takesNegative) continue;
    yield shiftSeconds === 0 ? packet : packet.clone({ timestamp });
  }
}

function encodeAudio(
  { spec }: JoinOptions,
  output: Output,
  source: AudioTrackSource,
  codec: NonNullable<AudioTrackSource['codec']>,
  shiftSeconds: number,
): Feed {
  if (!source.inputTrack) throw new Error('a track that cannot be decoded cannot be re-encoded');
  const track = new AudioSampleSource({ codec, bitrate: new Quality('very-high') });
  output.addAudioTrack(track, trackMetadata(source));
  const { trim } = spec;
  const samples = new AudioSampleSink(source.inputTrack).samples(
    trim?.startSeconds,
    trim?.endSeconds,
  );
  const push = async (sample: AudioSample) => {
    try {
      sample.setTimestamp(Math.max(0, sample.timestamp - shiftSeconds));
      await track.add(sample);
    } finally {
      sample.close();
    }
  };
  return feed(samples, push, () => track.close());
}

function feed<T extends { readonly timestamp: number }>(
  items: AsyncIterable<T>,
  add: (item: T) => Promise<void>,
  close: () => void,
): Feed {
  const iterator = items[Symbol.asyncIterator]();
  let next: IteratorResult<T> | null = null;
  return {
    async nextSeconds() {
      next ??= await iterator.next();
      if (!next.done) return next.value.timestamp;
      close();
      return null;
    },
    async push() {
      if (next && !next.done) await add(next.value);
      next = null;
    },
  };
}

async function interleave(feeds: readonly Feed[], signal: AbortSignal): Promise<void> {
  const open = new Map<Feed, number>();
  for (const each of feeds) {
    const seconds = await each.nextSeconds();
    if (seconds !== null) open.set(each, seconds);
  }
  while (open.size > 0) {
    signal.throwIfAborted();
    const [earliest] = [...open].reduce((a, b) => (b[1] < a[1] ? b : a));
    await earliest.push();
    const seconds = await earliest.nextSeconds();
    if (seconds === null) open.delete(earliest);
    else open.set(earliest, seconds);
  }
}

/** Tags and cover art; the container-specific raw ones only where the container stays the same. */
function portableTags({ tags, facts }: MediaSource, { output }: JobSpec): MetadataTags {
  const { raw, images, ...common } = tags;
  return {
    ...common,
    ...(images && output.container !== 'webm' && { images }),
    ...(raw && facts.container === output.container && { raw }),
  };
}
