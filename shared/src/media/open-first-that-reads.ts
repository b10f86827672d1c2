import { ClearReelError } from '../errors/clear-reel-error.ts';
import { notice } from '../notices/notice.ts';
import { because } from '../notices/reasons.ts';
import { isCutShort, lacksMovieBox } from './cut-short.ts';
import type { Notice } from './facts.ts';
import type { ReadableFile } from './readable-file.ts';
import type { MediaSource } from './source.ts';

/** The ways in which a host reads files. */
export interface Readers {
  mediabunny(): Promise<MediaSource>;
  /** For the containers that mediabunny does not know; `null` where it must not be tried. */
  readonly ffmpeg: (() => Promise<MediaSource>) | null;
}

/** Opens a file with mediabunny, else with ffmpeg, and says of it what no reader of containers notices. */
export async function openFirstThatReads(
  file: ReadableFile,
  readers: Readers,
  signal: AbortSignal,
): Promise<MediaSource> {
  const source = await openWithEither(file, readers, signal);
  return (await isCutShort(file)) ? withNotice(source, notice('SOURCE_CUT_SHORT')) : source;
}

async function openWithEither(
  file: ReadableFile,
  readers: Readers,
  signal: AbortSignal,
): Promise<MediaSource> {
  try {
    return await readers.mediabunny();
  } catch (error) {
    signal.throwIfAborted();
    const isForeign = error instanceof ClearReelError && error.code === 'SOURCE_UNREADABLE';
    if (!isForeign || !readers.ffmpeg) throw error;
    if (await lacksMovieBox(file)) {
      throw new ClearReelError('SOURCE_UNREADABLE', {
        reason: because('INDEX_MISSING'),
      });
    }
    const source = await fromOrigin(await readers.ffmpeg(), signal);
    return ownContainers.has(source.facts.container)
      ? withNotice(source, notice('SOURCE_DAMAGED'))
      : source;
  }
}

/** Containers that mediabunny reads: where it could not, the file is not as it should be. */
const ownContainers: ReadonlySet<string> = new Set(['mp4', 'mov', 'mkv', 'webm']);

export const withNotice = (source: MediaSource, added: Notice): MediaSource => ({
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
