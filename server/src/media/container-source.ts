import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { openContainer, type VideoReading } from '@clearreel/shared/media/open-container';
import { probeFirstFrame } from '@clearreel/shared/media/probe-first-frame';
import type { ReadableFile } from '@clearreel/shared/media/readable-file';
import type { MediaSource } from '@clearreel/shared/media/source';
import { spanFrames } from '@clearreel/shared/media/span-frames';
import { choice } from '@clearreel/shared/notices/notice';
import { FilePathSource, type InputVideoTrack } from 'mediabunny';
import { type FrameFacts, frameFactsOf } from './frame-facts.ts';
import { trackDecoding } from './track-decoding.ts';

/**
 * Opens a container that mediabunny reads; FFmpeg decodes its frames.
 * @throws ClearReelError `SOURCE_UNREADABLE` for a container that mediabunny does not know, `DECODER_MISSING` for a
 *   codec that it has no name for.
 */
export async function openWithMediabunny(
  path: string,
  file: ReadableFile,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  let found: FrameFacts = {};
  const source = await openContainer(
    file,
    {
      source: (handleUnhandledError) => new FilePathSource(path, { handleUnhandledError }),
      readVideo: (track) =>
        readVideo(track, signal, (facts) => {
          found = facts;
        }),
    },
    signal,
    onProgress,
  );
  return { ...source, facts: { ...source.facts, video: { ...source.facts.video, ...found } } };
}

async function readVideo(
  track: InputVideoTrack,
  signal: AbortSignal,
  onFacts: (facts: FrameFacts) => void,
): Promise<VideoReading> {
  const codec = (await track.getCodec()) ?? String((await track.getInternalCodecId()) ?? '');
  const decoding = await trackDecoding(track);
  if (!decoding) throw new ClearReelError('DECODER_MISSING', { codec });
  const probe = await probeFirstFrame(decoding, signal);
  if (!probe.sample) throw new ClearReelError('SOURCE_NO_FRAMES', { obstacle: probe.obstacle });
  onFacts(frameFactsOf(probe.sample));
  return {
    decoder: choice('node-av', 'DECODER_NODE_AV', { codec }),
    firstFrame: probe.sample,
    begin: async (video, index, lost) => (span, runSignal) =>
      spanFrames(decoding, index, span, video.colour.matrix === null, lost, runSignal),
  };
}
