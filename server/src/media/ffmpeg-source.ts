import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice, SourceFacts } from '@clearreel/shared/media/facts';
import { LostFrames } from '@clearreel/shared/media/lost-frames';
import type { TrackDecoding } from '@clearreel/shared/media/packet-decoder';
import { probeFirstFrame } from '@clearreel/shared/media/probe-first-frame';
import type { MediaSource, SourceFrame } from '@clearreel/shared/media/source';
import { spanFrames } from '@clearreel/shared/media/span-frames';
import { requireSaneSize } from '@clearreel/shared/media/video-facts';
import { choice, notice } from '@clearreel/shared/notices/notice';
import type { MetadataTags } from 'mediabunny';
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_DISPOSITION_DEFAULT,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  Codec,
  type FormatContext,
  type Stream,
} from 'node-av';
import { openInput } from './av-input.ts';
import { AvPackets } from './av-packets.ts';
import { ffmpegAudioTrack } from './ffmpeg-audio.ts';
import { type FrameFacts, frameFactsOf } from './frame-facts.ts';
import { indexOf, listPackets, type TimedPacket } from './listed-packets.ts';
import { audioFactsOf, codecName, containerOf, tagOf, videoFactsOf } from './stream-facts.ts';
import { timedPackets } from './timed-packets.ts';
import { openStreamDecoder, type VideoStream, videoStream } from './video-stream.ts';

/**
 * Opens a file that mediabunny cannot read (AVI, MPEG-2, WMV, FLV …) or whose codec it does not know. Opening reads
 * the file once to list its packets. Timestamps are the file's own.
 * @throws ClearReelError `SOURCE_UNREADABLE`, `SOURCE_NO_VIDEO`, `SOURCE_NO_FRAMES`, `SOURCE_TOO_LARGE`,
 *   `DECODER_MISSING`
 */
export async function openWithFfmpeg(
  path: string,
  bytes: number,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const context = await openInput(path);
  try {
    return await describe(context, path, bytes, signal, onProgress);
  } finally {
    await context.closeInput();
  }
}

async function describe(
  context: FormatContext,
  path: string,
  bytes: number,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const videos = context.streams.filter(isPicture);
  const stream = videos.find((each) => each.hasDisposition(AV_DISPOSITION_DEFAULT)) ?? videos[0];
  if (!stream) throw new ClearReelError('SOURCE_NO_VIDEO');
  requireSaneSize(stream.codecpar.width, stream.codecpar.height);
  const codec = codecName(stream);
  if (!Codec.findDecoder(stream.codecpar.codecId)) {
    throw new ClearReelError('DECODER_MISSING', { codec });
  }
  const listed = await listPackets(context, stream, signal, onProgress);
  const kept = videoStream(path, stream);
  const timed = await timedPackets(kept, listed, signal, onProgress);
  const index = indexOf(timed, stream.timeBase);
  const last = index.at(-1);
  if (!last) throw new ClearReelError('SOURCE_NO_FRAMES');
  const frameFacts = await requireFrame(kept, timed, signal);

  const notices: Notice[] = [];
  if (videos.length > 1) {
    notices.push(notice('VIDEO_TRACKS_LEFT_OUT', { count: videos.length }));
  }
  const sounds = context.streams.filter(
    ({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO,
  );
  const container = containerOf(context);
  const video = { ...videoFactsOf(stream, index), ...frameFacts };
  const stated = Number(context.duration) / 1e6;
  const facts: SourceFacts = {
    container,
    bytes,
    durationSeconds: stated > 0 ? stated : last.timestampSeconds + last.durationSeconds,
    video,
    audio: sounds.map(audioFactsOf),
    demuxer: choice('ffmpeg', 'DEMUXER_FFMPEG', { container }),
    decoder: choice('node-av', 'DECODER_NODE_AV', { codec }),
  };
  const lost = new LostFrames(notices);
  const disposal = new AbortController();
  const isUntagged = video.colour.matrix === null;
  return {
    facts,
    notices,
    tags: tagsOf(context),
    audio: sounds.map((each) => ffmpegAudioTrack(path, each)),
    packetIndex: async () => index,
    frames: (span, frameSignal) =>
      reading(kept, timed, (decoding) => {
        const either = AbortSignal.any([frameSignal, disposal.signal]);
        return spanFrames(decoding, index, span, isUntagged, lost, either);
      }),
    dispose: () => disposal.abort(),
  };
}

const isPicture = (stream: Stream) =>
  stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO &&
  !stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC);

async function* reading(
  stream: VideoStream,
  timed: readonly TimedPacket[],
  frames: (decoding: TrackDecoding) => AsyncIterable<SourceFrame>,
): AsyncGenerator<SourceFrame> {
  const packets = new AvPackets(stream, timed);
  try {
    yield* frames(decodingOf(stream, packets));
  } finally {
    await packets.close();
  }
}

const decodingOf = (stream: VideoStream, packets: AvPackets): TrackDecoding => ({
  areComposition: true,
  packets,
  canDecode: async () => true,
  openDecoder: (events) => openStreamDecoder(stream, events),
});

async function requireFrame(
  stream: VideoStream,
  timed: readonly TimedPacket[],
  signal: AbortSignal,
): Promise<FrameFacts> {
  const packets = new AvPackets(stream, timed);
  try {
    const { sample } = await probeFirstFrame(decodingOf(stream, packets), signal);
    if (!sample) throw new ClearReelError('SOURCE_NO_FRAMES');
    try {
      requireSaneSize(sample.visibleRect.width, sample.visibleRect.height);
      return frameFactsOf(sample, stream.parameters);
    } finally {
      sample.close();
    }
  } finally {
    await packets.close();
  }
}

/** FFmpeg spells tag names in either case, as the container does. */
function tagsOf(context: FormatContext): MetadataTags {
  const tags: MetadataTags = {};
  for (const key of ['title', 'artist', 'album', 'genre', 'comment'] as const) {
    const value = tagOf(context, key);
    if (value) tags[key] = value;
  }
  const date = new Date(tagOf(context, 'date') ?? tagOf(context, 'creation_time') ?? '');
  if (!Number.isNaN(date.getTime())) tags.date = date;
  return tags;
}
