import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice } from '@clearreel/shared/media/facts';
import type { MediaSource } from '@clearreel/shared/media/source';
import { notice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { usualFramesPerSecond } from '@clearreel/shared/spec/sequence-rate';
import { sequenceContent } from '../sequence/sequence-content.ts';
import { isCutShort, lacksMovieBox } from './cut-short.ts';
import { type DecoderOverride, openWithMediabunny } from './mediabunny-source.ts';

/**
 * Opens any file that something here can read: mediabunny first, ffmpeg.wasm for the containers it does not know.
 * `onProgress` is called whenever reading got on, since the index of a large file takes long. `input` is what the job says
 * of sources that say too little themselves.
 * @throws ClearReelError with the code of what is wrong with the file.
 */
export async function openSource(
  file: File,
  override: DecoderOverride | undefined,
  signal: AbortSignal,
  onProgress: () => void = () => {},
  { framesPerSecond = usualFramesPerSecond }: JobSpec['input'] = {},
): Promise<MediaSource> {
  if (file.size === 0) throw new ClearReelError('SOURCE_EMPTY');
  const content = await sequenceContent(file);
  if (content) {
    const { openSequence } = await import('../sequence/open-sequence.ts');
    return openSequence(file, content, framesPerSecond, signal, onProgress);
  }
  const source = await openWithEither(file, override, signal, onProgress);
  return (await isCutShort(file)) ? withNotice(source, notice('SOURCE_CUT_SHORT')) : source;
}

async function openWithEither(
  file: File,
  override: DecoderOverride | undefined,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<MediaSource> {
  try {
    return await openWithMediabunny(file, file.name, override, signal, onProgress);
  } catch (error) {
    signal.throwIfAborted();
    const isForeign = error instanceof ClearReelError && error.code === 'SOURCE_UNREADABLE';
    if (!isForeign || override === 'webcodecs') throw error;
    if (await lacksMovieBox(file)) {
      throw new ClearReelError('SOURCE_UNREADABLE', {
        reason: because('INDEX_MISSING'),
      });
    }
    const { openFfmpegSource } = await import('../rescue/ffmpeg-source.ts');
    const source = await fromOrigin(await openFfmpegSource(file, file.name, signal), signal);
    return ownContainers.has(source.facts.container)
      ? withNotice(source, notice('SOURCE_DAMAGED'))
      : source;
  }
}

/** Containers that mediabunny reads: where it could not, the file is not as it should be. */
const ownContainers: ReadonlySet<string> = new Set(['mp4', 'mov', 'mkv', 'webm']);

const withNotice = (source: MediaSource, added: Notice): MediaSource => ({
  ...source,
  get notices() {
    return [added, ...source.notices];
  },
});

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
