import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { AudioFacts, Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { AudioTrackSource, MediaSource } from '@clearreel/shared/media/source';
import { requireSaneSize } from '@clearreel/shared/media/video-facts';
import { choice, notice } from '@clearreel/shared/notices/notice';
import type { MetadataTags } from 'mediabunny';
import { ffmpegAudioTrack } from './ffmpeg-audio.ts';
import { primaryVideo } from './ffmpeg-frames.ts';
import { FfmpegRuntime } from './ffmpeg-runtime.ts';
import { FrameReader } from './frame-reader.ts';
import { listVideoPackets } from './packet-list.ts';
import { audioFactsOf, containerOf, frameColour, rawVideoOf, videoFactsOf } from './probe-facts.ts';
import { type ProbedFile, probeFile } from './probe-json.ts';
import { sourceFrames } from './source-frames.ts';

/**
 * Opens a file that mediabunny cannot read (AVI, MPEG-2 PS, WMV, FLV …) with ffmpeg.wasm. Nothing is
 * copied: ffmpeg reads the file where it lies. Opening reads the file once to list its packets, and once
 * more for each audio track. Timestamps are the file's own, not shifted to zero.
 * @throws ClearReelError `SOURCE_UNREADABLE`, `SOURCE_NO_VIDEO`, `SOURCE_NO_FRAMES`, `SOURCE_TOO_LARGE`,
 *   `STAGE_STALLED`, `WORKER_CRASHED`; or the signal's reason.
 */
export async function openFfmpegSource(
  blob: Blob,
  name: string,
  signal: AbortSignal,
): Promise<MediaSource> {
  if (blob.size === 0) throw new ClearReelError('SOURCE_EMPTY');
  const runtime = new FfmpegRuntime();
  try {
    return await describe(runtime, blob, name, signal);
  } catch (error) {
    runtime.dispose();
    throw error;
  }
}

async function describe(
  runtime: FfmpegRuntime,
  blob: Blob,
  name: string,
  signal: AbortSignal,
): Promise<MediaSource> {
  const input = { blob, name };
  const stage = 'reading the file';
  const work = { stage, code: 'SOURCE_UNREADABLE', inputs: [input], signal } as const;
  const { probed, stream, index } = await runtime.run(work, async (entered) => {
    const path = entered.inputs[0] ?? '';
    const found = await probeFile(entered, path);
    const video = primaryVideo(found);
    requireSaneSize(video.width ?? 0, video.height ?? 0);
    return {
      probed: found,
      stream: video,
      index: await listVideoPackets(entered, path, video),
    };
  });
  const [first, last] = [index[0], index.at(-1)];
  if (!first || !last) throw new ClearReelError('SOURCE_NO_FRAMES');

  const durationSeconds =
    Number(probed.format.duration) || last.timestampSeconds + last.durationSeconds;
  const notices: Notice[] = [];
  const audio: AudioTrackSource[] = [];
  const audioFacts: AudioFacts[] = [];
  const sounds = probed.streams.filter((each) => each.codec_type === 'audio');
  for (const sound of sounds) {
    const given = { runtime, input, stream: sound, durationSeconds, signal };
    const track = await ffmpegAudioTrack(given, notices);
    if (track === null) continue;
    audio.push(track);
    audioFacts.push(audioFactsOf(sound));
  }

  const video = videoFactsOf(stream, index);
  const raw = rawVideoOf(stream, probed.format.format_name);
  const reader = new FrameReader(input, raw, index);
  const colour = frameColour(video.colour, video.height, raw.pixelFormat);
  const container = containerOf(probed);
  const facts: SourceFacts = {
    container,
    bytes: blob.size,
    durationSeconds,
    video,
    audio: audioFacts,
    demuxer: choice('ffmpeg', 'DEMUXER_FFMPEG', { container }),
    decoder: choice('ffmpeg', 'DECODER_OF_DEMUXER', { codec: video.codec }),
  };
  const onMissing = (lost: number) => {
    notices.push(notice('FRAMES_NOT_DECODED', { lost }));
  };
  return {
    facts,
    notices,
    tags: tagsOf(probed),
    audio,
    packetIndex: async () => index,
    frames: (span, frameSignal) =>
      sourceFrames(reader, index, span, video, colour, frameSignal, onMissing),
    dispose() {
      reader.dispose();
      runtime.dispose();
    },
  };
}

/** ffmpeg spells tag names in either case, as the container does. */
function tagsOf({ format }: ProbedFile): MetadataTags {
  const found = new Map(
    Object.entries(format.tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const tags: MetadataTags = {};
  for (const key of ['title', 'artist', 'album', 'genre', 'comment'] as const) {
    const value = found.get(key);
    if (value) tags[key] = value;
  }
  const date = new Date(found.get('date') ?? found.get('creation_time') ?? '');
  if (!Number.isNaN(date.getTime())) tags.date = date;
  return tags;
}
