import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import type { IndexedPacket, SourceFrame, TimeSpan } from '@clearreel/shared/media/source';
import { FfmpegRuntime } from './ffmpeg-runtime.ts';
import { FrameReader } from './frame-reader.ts';
import { frameColour, rawVideoOf } from './probe-facts.ts';
import { type ProbedFile, probeFile } from './probe-json.ts';
import type { RawVideo } from './raw-video.ts';
import { sourceFrames } from './source-frames.ts';

interface Opened {
  readonly raw: RawVideo;
  readonly reader: FrameReader;
}

/** One reader a file, so that the next span goes on where the last one ended. */
const opened = new WeakMap<Blob, Promise<Opened>>();

async function openReader(
  blob: Blob,
  name: string,
  index: readonly IndexedPacket[],
  signal: AbortSignal,
): Promise<Opened> {
  const runtime = new FfmpegRuntime();
  const inputs = [{ blob, name }];
  try {
    const work = { stage: 'reading the file', code: 'SOURCE_UNREADABLE', inputs, signal } as const;
    const probed = await runtime.run(work, (entered) =>
      probeFile(entered, entered.inputs[0] ?? ''),
    );
    const raw = rawVideoOf(primaryVideo(probed), probed.format.format_name);
    return { raw, reader: new FrameReader({ blob, name }, raw, index) };
  } finally {
    runtime.dispose();
  }
}

/** The picture track: the first that is no cover. */
export function primaryVideo({ streams }: ProbedFile) {
  const isPicture = (each: ProbedFile['streams'][number]) =>
    each.codec_type === 'video' && each.disposition?.attached_pic !== 1;
  const video = streams.find((each) => isPicture(each) && each.disposition?.default === 1);
  const chosen = video ?? streams.find(isPicture);
  if (chosen !== undefined) return chosen;
  const tracks = streams.map((each) => each.codec_type ?? 'unknown').join(', ');
  throw new ClearReelError('SOURCE_NO_VIDEO', { tracks });
}

/**
 * Decodes the primary video track of a container that mediabunny reads and WebCodecs cannot decode.
 * Frames carry the stamps of `index` (the container's, edit list applied); a frame that lies nearer to no
 * packet of the index than half a frame is not shown. One span of a file at a time.
 * @throws ClearReelError `DECODER_FAILED`, `STAGE_STALLED`, `WORKER_CRASHED`; or the signal's reason.
 */
export async function* decodeWithFfmpeg(
  blob: Blob,
  name: string,
  facts: VideoFacts,
  index: readonly IndexedPacket[],
  span: TimeSpan,
  signal: AbortSignal,
  onMissing: (frames: number) => void = () => {},
): AsyncGenerator<SourceFrame> {
  let opening = opened.get(blob);
  if (opening === undefined) {
    opening = openReader(blob, name, index, signal);
    opened.set(blob, opening);
    opening.catch(() => opened.delete(blob));
  }
  const { raw, reader } = await opening;
  const colour = frameColour(facts.colour, facts.height, raw.pixelFormat);
  const size = { width: raw.width, height: raw.height };
  yield* sourceFrames(reader, index, span, { ...facts, ...size }, colour, signal, onMissing);
}
