import {
  ALL_FORMATS,
  HLS,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  type MetadataTags,
  type Source,
  type VideoSample,
} from 'mediabunny';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { choice, notice } from '../notices/notice.ts';
import { because } from '../notices/reasons.ts';
import { audioFacts, audioTrackSource } from './audio-track.ts';
import { isEncryptedMp4 } from './encrypted-mp4.ts';
import type { Notice, SourceFacts, VideoFacts } from './facts.ts';
import { LostFrames } from './lost-frames.ts';
import { matroskaTitle } from './matroska-title.ts';
import { indexPackets } from './packet-index.ts';
import { readError } from './read-errors.ts';
import type { ReadableFile } from './readable-file.ts';
import type { IndexedPacket, MediaSource } from './source.ts';
import { readVideoFacts, requireSaneSize } from './video-facts.ts';

/** How a host decodes the video track of a container. */
export interface VideoReading {
  readonly decoder: SourceFacts['decoder'];
  /** Where the track was decoded to see whether it can be. It is closed by whom it is given to. */
  readonly firstFrame: VideoSample | null;
  begin(
    video: VideoFacts,
    index: readonly IndexedPacket[],
    lost: LostFrames,
  ): Promise<MediaSource['frames']>;
}

export interface ContainerHost {
  /** The file as mediabunny reads it. Errors of reads that nobody waits for go to `onError`. */
  source(onError: (error: unknown) => void): Source;
  readVideo(track: InputVideoTrack, signal: AbortSignal): Promise<VideoReading>;
}

const containerNames: Readonly<Record<string, string>> = {
  MP4: 'mp4',
  'QuickTime File Format': 'mov',
  Matroska: 'mkv',
  WebM: 'webm',
  'MPEG Transport Stream': 'ts',
};

/** A playlist would have other files opened, whatever it names. */
const formatsOfOneFile = ALL_FORMATS.filter((format) => format !== HLS);

/**
 * Opens a container that mediabunny reads.
 * @throws ClearReelError `SOURCE_UNREADABLE` for a container that mediabunny does not know.
 */
export async function openContainer(
  file: ReadableFile,
  host: ContainerHost,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  const failures: unknown[] = [];
  const input = new Input({
    source: host.source((error) => failures.push(error)),
    formats: formatsOfOneFile,
  });
  try {
    return await describe(input, file, host, signal, onProgress);
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
  file: ReadableFile,
  host: ContainerHost,
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
  const { decoder, firstFrame, begin } = await host.readVideo(track, signal);
  const audio = await Promise.all(audioTracks.map(audioTrackSource));
  const originSeconds = container === 'ts' ? await earliestSeconds(index, audioTracks) : 0;
  const facts: SourceFacts = {
    container,
    bytes: file.size,
    durationSeconds: (await input.computeDuration()) - originSeconds,
    originSeconds,
    video: await readVideoFacts(track, index, firstFrame),
    audio: await Promise.all(audioTracks.map(audioFacts)),
    demuxer: choice('mediabunny', 'DEMUXER_MEDIABUNNY', { format: format.name }),
    decoder,
  };
  firstFrame?.close();
  requireSaneSize(facts.video.width, facts.video.height);
  return {
    facts,
    notices,
    frames: await begin(facts.video, index, new LostFrames(notices)),
    tags: await readTags(input, container, file),
    audio,
    packetIndex: async () => index,
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

async function readTags(
  input: Input,
  container: string,
  file: ReadableFile,
): Promise<MetadataTags> {
  const tags = await input.getMetadataTags();
  const isMatroska = container === 'mkv' || container === 'webm';
  const title = isMatroska && !tags.title ? await matroskaTitle(file) : null;
  return title ? { ...tags, title } : tags;
}
