import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { MediaSource } from '@clearreel/shared/media/source';
import { type DecoderOverride, openWithMediabunny } from './mediabunny-source.ts';

/**
 * Opens any file that something here can read: mediabunny first, ffmpeg.wasm for the containers it does not know.
 * `onProgress` is called whenever reading got on, since the index of a large file takes long.
 * @throws ClearReelError with the code of what is wrong with the file.
 */
export async function openSource(
  file: File,
  override: DecoderOverride | undefined,
  signal: AbortSignal,
  onProgress: () => void = () => {},
): Promise<MediaSource> {
  if (file.size === 0) throw new ClearReelError('SOURCE_EMPTY');
  try {
    return await openWithMediabunny(file, file.name, override, signal, onProgress);
  } catch (error) {
    signal.throwIfAborted();
    const isForeign = error instanceof ClearReelError && error.code === 'SOURCE_UNREADABLE';
    if (!isForeign || override === 'webcodecs') throw error;
    const { openFfmpegSource } = await import('../rescue/ffmpeg-source.ts');
    return fromOrigin(await openFfmpegSource(file, file.name, signal), signal);
  }
}

/** Clocks of transport and program streams start anywhere; the source begins with its earliest packet. */
async function fromOrigin(source: MediaSource, signal: AbortSignal): Promise<MediaSource> {
  if (!['ts', 'mpeg'].includes(source.facts.container)) return source;
  const starts = [(await source.packetIndex(signal))[0]?.timestampSeconds ?? 0];
  for (const track of source.audio) {
    for await (const { timestamp } of track.packets(signal)) {
      starts.push(timestamp);
      break;
    }
  }
  return { ...source, facts: { ...source.facts, originSeconds: Math.min(...starts) } };
}
