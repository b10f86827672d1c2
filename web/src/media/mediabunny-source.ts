import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice, Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { IndexedPacket, MediaSource, SourceFrame } from '@clearreel/shared/media/source';
import { choice, notice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import {
  ALL_FORMATS,
  BlobSource,
  Input,
  type InputAudioTrack,
  type MetadataTags,
} from 'mediabunny';
import { audioFacts, audioTrackSource } from './audio-track.ts';
import { isEncryptedMp4 } from './encrypted-mp4.ts';
import { LostFrames } from './lost-frames.ts';
import { matroskaTitle } from './matroska-title.ts';
import { indexPackets } from './packet-index.ts';
import { type Probe, probeFirstFrame } from './probe-first-frame.ts';
import { readError } from './read-errors.ts';
import { readVideoFacts, requireSaneSize } from './video-facts.ts';
import { webcodecsFrames } from './webcodecs-frames.ts';

export type DecoderOverride = 'webcodecs' | 'ffmpeg';

const containerNames: Readonly<Record<string, string>> = {
  MP4: 'mp4',
  'QuickTime File Format': 'mov',
  Matroska: 'mkv',
  WebM: 'webm',
  'MPEG Transport Stream': 'ts',
};

/**
 * Opens a container that mediabunny reads. Frames come from WebCodecs, or from ffmpeg.wasm where WebCodecs cannot
 * decode the track or the user wants it so.
 * @throws ClearReelError `SOURCE_UNREADABLE` for a container that mediabunny does not know.
 */
export async function openWithMediabunny(
  file: Blob,
  name: string,
  override: DecoderOverride | undefined,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const failures: unknown[] = [];
  const input = new Input({
    source: new BlobSource(file, { handleUnhandledError: (error) => failures.push(error) }),
    formats: ALL_FORMATS,
  });
  try {
    return await describe(input, file, name, override, signal, onProgress);
  } catch (error) {
    input.dispose();
    const coded = readError(failures[0] ?? error, 'SOURCE_UNREADABLE');
    if (coded.code === 'SOURCE_UNREADABLE' && (await isEncryptedMp4(file))) {
      throw new ClearReelError('SOURCE_ENCRYPTED', {}, { cause: error });
    }
    throw coded;
  }
}

async function describe(
  input: Input,
  file: Blob,
  name: string,
  override: DecoderOverride | undefined,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const format = await input.getFormat();
  const container = containerNames[format.name] ?? format.name.toLowerCase();
  const track = await input.getPrimaryVideoTrack();
  const audioTracks = await input.getAudioTracks();
  if (!track) throw noVideo(container, audioTracks.length);
  requireSaneSize(await track.getCodedWidth(), await track.getCodedHeight());
  const index = await indexPackets(track, signal, onProgress);
  if (index.length === 0) throw new ClearReelError('SOURCE_NO_FRAMES');
  const notices = leftOut((await input.getVideoTracks()).length);
  const probed = override === 'ffmpeg' ? null : await probeFirstFrame(track, signal);
  const decoder = chooseDecoder(override, probed, (await track.getCodec()) ?? 'its codec');
  const audio = await Promise.all(audioTracks.map(audioTrackSource));
  const originSeconds = container === 'ts' ? await earliestSeconds(index, audioTracks) : 0;
  const facts: SourceFacts = {
    container,
    bytes: file.size,
    durationSeconds: (await input.computeDuration()) - originSeconds,
    originSeconds,
    video: await readVideoFacts(track, index, probed?.sample ?? null),
    audio: await Promise.all(audioTracks.map(audioFacts)),
    demuxer: choice('mediabunny', 'DEMUXER_MEDIABUNNY', { format: format.name }),
    decoder,
  };
  probed?.sample?.close();
  requireSaneSize(facts.video.width, facts.video.height);
  if (decoder.value === 'ffmpeg' && (await track.getCodec()) === null) {
    const first = { startSeconds: null, endSeconds: index[1]?.timestampSeconds ?? null };
    const frames = ffmpegFrames(file, name, facts.video, index, first, signal);
    await requireFrame(frames, facts.video.codec);
  }
  const lost = new LostFrames(notices);
  return {
    facts,
    notices,
    tags: await readTags(input, container, file),
    audio,
    packetIndex: async () => index,
    frames: (span, runSignal) =>
      decoder.value === 'webcodecs'
        ? webcodecsFrames(track, index, span, facts.video.colour.matrix === null, lost, runSignal)
        : ffmpegFrames(file, name, facts.video, index, span, runSignal),
    dispose: () => input.dispose(),
  };
}

/**
 * Transport streams may hold video that mediabunny does not list, and a file without any track may be one that it
 * cannot follow: both are for ffmpeg to look at.
 */
function noVideo(container: string, audioTracks: number): ClearReelError {
  if (audioTracks > 0 && container !== 'ts') {
    return new ClearReelError('SOURCE_NO_VIDEO');
  }
  return new ClearReelError('SOURCE_UNREADABLE', {
    reason: because('NO_VIDEO_LISTED', { container }),
  });
}

function leftOut(videoTracks: number): Notice[] {
  if (videoTracks < 2) return [];
  return [notice('VIDEO_TRACKS_LEFT_OUT', { count: videoTracks })];
}

async function earliestSeconds(
  index: readonly IndexedPacket[],
  audioTracks: readonly InputAudioTrack[],
): Promise<number> {
  const audioStarts = await Promise.all(audioTracks.map((track) => track.getFirstTimestamp()));
  return Math.min(index[0]?.timestampSeconds ?? 0, ...audioStarts);
}

async function readTags(input: Input, container: string, file: Blob): Promise<MetadataTags> {
  const tags = await input.getMetadataTags();
  const isMatroska = container === 'mkv' || container === 'webm';
  const title = isMatroska && !tags.title ? await matroskaTitle(file) : null;
  return title ? { ...tags, title } : tags;
}

/** ffmpeg.wasm is 32 MB: loaded only by the first job that needs it. */
async function* ffmpegFrames(
  ...decoding: Parameters<typeof import('../rescue/ffmpeg-frames.ts').decodeWithFfmpeg>
): AsyncGenerator<SourceFrame> {
  const { decodeWithFfmpeg } = await import('../rescue/ffmpeg-frames.ts');
  yield* decodeWithFfmpeg(...decoding);
}

/** Nothing is known of a codec without a name but by trying. @throws ClearReelError `DECODER_MISSING` */
async function requireFrame(frames: AsyncIterable<SourceFrame>, codec: string): Promise<void> {
  try {
    for await (const { sample } of frames) {
      sample.close();
      return;
    }
  } catch (error) {
    if (!(error instanceof ClearReelError && error.code === 'DECODER_FAILED')) throw error;
  }
  throw new ClearReelError('DECODER_MISSING', { codec });
}

function chooseDecoder(
  override: DecoderOverride | undefined,
  probe: Probe | null,
  codec: string,
): Choice<'webcodecs' | 'ffmpeg'> {
  if (override || !probe) return choice(override ?? 'ffmpeg', 'DECODER_WANTED');
  if (probe.sample) return choice('webcodecs', 'DECODER_WEBCODECS', { codec });
  return choice('ffmpeg', 'DECODER_FFMPEG', { codec, obstacle: probe.obstacle });
}
