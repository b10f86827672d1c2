import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice, Notice, SourceFacts } from '@clearreel/shared/media/facts';
import type { MediaSource, SourceFrame } from '@clearreel/shared/media/source';
import {
  ALL_FORMATS,
  BlobSource,
  Input,
  type InputVideoTrack,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny';
import { audioFacts, audioTrackSource } from './audio-track.ts';
import { indexPackets } from './packet-index.ts';
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
    throw readError(failures[0] ?? error, 'SOURCE_UNREADABLE');
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
  const track = await input.getPrimaryVideoTrack();
  const audioTracks = await input.getAudioTracks();
  if (!track) {
    const tracks = audioTracks.length > 0 ? `${audioTracks.length} audio track(s)` : 'no track';
    throw new ClearReelError('SOURCE_NO_VIDEO', { tracks });
  }
  requireSaneSize(await track.getCodedWidth(), await track.getCodedHeight());
  const index = await indexPackets(track, signal, onProgress);
  if (index.length === 0) throw new ClearReelError('SOURCE_NO_FRAMES');
  const notices: Notice[] = [];
  const probed = override === 'ffmpeg' ? null : await probeFirstFrame(track);
  const decoder = chooseDecoder(override, probed, (await track.getCodec()) ?? 'its codec');
  const facts: SourceFacts = {
    container: containerNames[format.name] ?? format.name.toLowerCase(),
    bytes: file.size,
    durationSeconds: await input.computeDuration(),
    video: await readVideoFacts(track, index, probed?.sample ?? null),
    audio: await Promise.all(audioTracks.map(audioFacts)),
    demuxer: { value: 'mediabunny', reason: `mediabunny reads ${format.name}.` },
    decoder,
  };
  probed?.sample?.close();
  requireSaneSize(facts.video.width, facts.video.height);
  return {
    facts,
    notices,
    tags: await input.getMetadataTags(),
    audio: await Promise.all(audioTracks.map(audioTrackSource)),
    packetIndex: async () => index,
    frames: (span, runSignal) =>
      decoder.value === 'webcodecs'
        ? webcodecsFrames(track, index, span, notices, runSignal)
        : ffmpegFrames(file, name, facts.video, index, span, runSignal),
    dispose: () => input.dispose(),
  };
}

/** ffmpeg.wasm is 32 MB: loaded only by the first job that needs it. */
async function* ffmpegFrames(
  ...decoding: Parameters<typeof import('../rescue/ffmpeg-frames.ts').decodeWithFfmpeg>
): AsyncGenerator<SourceFrame> {
  const { decodeWithFfmpeg } = await import('../rescue/ffmpeg-frames.ts');
  yield* decodeWithFfmpeg(...decoding);
}

type Probe = { readonly sample: VideoSample | null; readonly reason: string };

/** Configuration checks promise more than decoders keep, so the first frame is really decoded. */
async function probeFirstFrame(track: InputVideoTrack): Promise<Probe> {
  if (!(await track.canDecode()))
    return { sample: null, reason: 'this browser has no decoder for it' };
  try {
    for await (const sample of new VideoSampleSink(track).samples()) {
      return { sample, reason: 'the first frame decoded' };
    }
    return { sample: null, reason: 'its decoder gave no frame' };
  } catch (error) {
    const coded = readError(error, 'DECODER_FAILED');
    if (coded.code !== 'DECODER_FAILED') throw coded;
    return { sample: null, reason: coded.message };
  }
}

function chooseDecoder(
  override: DecoderOverride | undefined,
  probe: Probe | null,
  codec: string,
): Choice<'webcodecs' | 'ffmpeg'> {
  if (override) return { value: override, reason: 'chosen by the user' };
  return probe?.sample
    ? { value: 'webcodecs', reason: `WebCodecs decodes ${codec}: ${probe.reason}.` }
    : {
        value: 'ffmpeg',
        reason: `WebCodecs cannot decode ${codec}: ${probe?.reason ?? 'not tried'}.`,
      };
}
