import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice } from '@clearreel/shared/media/facts';
import { openContainer, type VideoReading } from '@clearreel/shared/media/open-container';
import { type Probe, probeFirstFrame } from '@clearreel/shared/media/probe-first-frame';
import type { MediaSource, SourceFrame } from '@clearreel/shared/media/source';
import { spanFrames } from '@clearreel/shared/media/span-frames';
import { choice } from '@clearreel/shared/notices/notice';
import { BlobSource, type InputVideoTrack } from 'mediabunny';
import { browserDecoding } from './browser-decoder.ts';

export type DecoderOverride = 'webcodecs' | 'ffmpeg';

/**
 * Opens a container that mediabunny reads. Frames come from WebCodecs, or from ffmpeg.wasm where WebCodecs cannot
 * decode the track or the user wants it so.
 * @throws ClearReelError `SOURCE_UNREADABLE` for a container that mediabunny does not know.
 */
export const openWithMediabunny = (
  file: File,
  override: DecoderOverride | undefined,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> =>
  openContainer(
    file,
    {
      source: (handleUnhandledError) => new BlobSource(file, { handleUnhandledError }),
      readVideo: (track) => readVideo(file, track, override, signal),
    },
    signal,
    onProgress,
  );

async function readVideo(
  file: File,
  track: InputVideoTrack,
  override: DecoderOverride | undefined,
  signal: AbortSignal,
): Promise<VideoReading> {
  const decoding = await browserDecoding(track);
  const probed = override === 'ffmpeg' ? null : await probeFirstFrame(decoding, signal);
  const codec = await track.getCodec();
  const decoder = chooseDecoder(override, probed, codec ?? 'its codec');
  return {
    decoder,
    firstFrame: probed?.sample ?? null,
    async begin(video, index, lost) {
      if (decoder.value === 'webcodecs') {
        const isUntagged = video.colour.matrix === null;
        return (span, runSignal) => spanFrames(decoding, index, span, isUntagged, lost, runSignal);
      }
      if (codec === null) {
        const first = { startSeconds: null, endSeconds: index[1]?.timestampSeconds ?? null };
        await requireFrame(ffmpegFrames(file, file.name, video, index, first, signal), video.codec);
      }
      return (span, runSignal) => ffmpegFrames(file, file.name, video, index, span, runSignal);
    },
  };
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
