import type { VideoSample } from 'mediabunny';
import { asClearReelError } from '../errors/clear-reel-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import type { EncodedSegment, SegmentEncoder } from '../media/encoder.ts';
import type { MediaSource, SourceFrame } from '../media/source.ts';
import type { PlannedSegment } from '../plan/plan.ts';
import type { SegmentStore } from '../segments/segment-store.ts';
import { abortable } from './abortable.ts';
import { Channel } from './channel.ts';
import type { StageSeconds } from './progress.ts';
import { type Stage, Watchdog } from './watchdog.ts';

/** What the stages need of the enhancer, so that they do not know where its pictures live. */
export interface FrameEnhancer {
  enhance(frame: SourceFrame): Promise<VideoSample>;
  reset(): void;
  readonly stats: { frames: number; reusedFrames: number; tiles: number; reusedTiles: number };
}

export interface RunSegmentsOptions {
  readonly source: MediaSource;
  /** Segments still to run, ascending. */
  readonly segments: readonly PlannedSegment[];
  readonly enhancer: FrameEnhancer;
  readonly openEncoder: () => Promise<SegmentEncoder>;
  readonly store: SegmentStore;
  /** Stored with each segment: who ran the model. */
  readonly provider: string;
  readonly codecString: string;
  readonly stallSeconds: number;
  readonly seconds: StageSeconds;
  readonly signal: AbortSignal;
  onFrame(segment: PlannedSegment): void;
  onSegment(segment: PlannedSegment, frames: number): void;
}

interface Stamped {
  readonly segment: PlannedSegment;
  readonly timestampSeconds: number;
  readonly durationSeconds: number;
}
type Decoded = { readonly segment: PlannedSegment; readonly frame: SourceFrame };
type Enhanced = Stamped & { readonly sample: VideoSample };

/** Frames waiting between two stages: enough that neither idles, few enough that memory does not matter. */
const channelCapacity = 2;

const failureOf: Record<Stage, ErrorCode> = {
  open: 'SOURCE_UNREADABLE',
  decode: 'DECODER_FAILED',
  enhance: 'INFERENCE_FAILED',
  encode: 'ENCODER_FAILED',
  store: 'STORAGE_DENIED',
  join: 'JOIN_FAILED',
};

/** Neighbouring segments are served from one decoder pass, since a seek costs more than decoding on. */
export function contiguousRuns(segments: readonly PlannedSegment[]): PlannedSegment[][] {
  const runs: PlannedSegment[][] = [];
  for (const segment of segments) {
    const run = runs.at(-1);
    if (run?.at(-1)?.index === segment.index - 1) run?.push(segment);
    else runs.push([segment]);
  }
  return runs;
}

/**
 * Decodes, enhances and encodes segments with the three stages side by side, and stores each as it is finished.
 * Everything taken is freed on every way out; the first failure stops all stages and is thrown with a code.
 */
export async function runSegments(options: RunSegmentsOptions): Promise<void> {
  for (const run of contiguousRuns(options.segments)) await runPass(options, run);
}

async function runPass(options: RunSegmentsOptions, run: readonly PlannedSegment[]): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const watchdog = new Watchdog(options.stallSeconds, (error) => stop.abort(error));
  const decoded = new Channel<Decoded>(channelCapacity, ({ frame }) => frame.sample.close());
  const enhanced = new Channel<Enhanced>(channelCapacity, ({ sample }) => sample.close());
  const onAbort = () => {
    decoded.fail(signal.reason);
    enhanced.fail(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });

  /** One step of a stage: timed, watched, abortable, and with a code if it fails. */
  const step = async <T>(stage: Stage, work: () => Promise<T>, discard?: (late: T) => void) => {
    const startMs = performance.now();
    try {
      return await watchdog.watch(stage, () => abortable(work(), signal, discard));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw asClearReelError(error, failureOf[stage]);
    } finally {
      options.seconds[stage] += (performance.now() - startMs) / 1000;
    }
  };
  const guard = (stage: Promise<void>) => stage.catch((error) => stop.abort(error));

  try {
    signal.throwIfAborted();
    await Promise.all([
      guard(decodeStage(options, run, signal, step, decoded)),
      guard(enhanceStage(options, step, decoded, enhanced)),
      guard(encodeStage(options, run, step, enhanced)),
    ]);
    signal.throwIfAborted();
  } finally {
    watchdog.stop();
    signal.removeEventListener('abort', onAbort);
    options.enhancer.reset();
  }
}

type Step = <T>(stage: Stage, work: () => Promise<T>, discard?: (late: T) => void) => Promise<T>;

async function decodeStage(
  { source }: RunSegmentsOptions,
  run: readonly PlannedSegment[],
  signal: AbortSignal,
  step: Step,
  decoded: Channel<Decoded>,
): Promise<void> {
  const span = {
    startSeconds: run[0]?.startSeconds ?? null,
    endSeconds: run.at(-1)?.endSeconds ?? null,
  };
  const frames = source.frames(span, signal)[Symbol.asyncIterator]();
  const closeLate = (late: IteratorResult<SourceFrame>) => {
    if (!late.done) late.value.sample.close();
  };
  let position = 0;
  try {
    for (;;) {
      const next = await step('decode', () => frames.next(), closeLate);
      if (next.done) break;
      const frame = next.value;
      while (isBehind(frame, run[position]) && position < run.length - 1) position++;
      const segment = run[position];
      if (!segment) break;
      await decoded.send({ segment, frame });
    }
    decoded.close();
  } finally {
    void frames.return?.()?.catch(() => {}); // Its failure was already reported by next(), or nobody waits.
  }
}

const isBehind = (frame: SourceFrame, segment: PlannedSegment | undefined) =>
  segment !== undefined &&
  segment.endSeconds !== null &&
  frame.timestampSeconds >= segment.endSeconds;

async function enhanceStage(
  { enhancer }: RunSegmentsOptions,
  step: Step,
  decoded: Channel<Decoded>,
  enhanced: Channel<Enhanced>,
): Promise<void> {
  for await (const { segment, frame } of decoded) {
    const sample = await step(
      'enhance',
      () => enhancer.enhance(frame),
      (late) => {
        late.close();
        enhancer.reset();
      },
    );
    const { timestampSeconds, durationSeconds } = frame;
    await enhanced.send({ segment, timestampSeconds, durationSeconds, sample });
  }
  enhanced.close();
}

async function encodeStage(
  options: RunSegmentsOptions,
  run: readonly PlannedSegment[],
  step: Step,
  enhanced: Channel<Enhanced>,
): Promise<void> {
  let position = 0;
  let open: { encoder: SegmentEncoder; stamps: Stamped[] } | null = null;
  let before = { ...options.enhancer.stats };
  const finish = async () => {
    const segment = run[position++];
    if (!segment) return;
    const { stats } = options.enhancer;
    const ended = open;
    const result: EncodedSegment = ended
      ? await step('encode', () => ended.encoder.finish())
      : { config: { codec: options.codecString }, packets: [] };
    ended?.encoder.close();
    open = null;
    const stamps = ended?.stamps ?? [];
    await step('store', () =>
      options.store.put({
        index: segment.index,
        provider: options.provider,
        config: result.config,
        packets: pair(result, stamps),
        stats: {
          reusedFrames: stats.reusedFrames - before.reusedFrames,
          reusedTiles: stats.reusedTiles - before.reusedTiles,
          tiles: stats.tiles - before.tiles,
        },
      }),
    );
    before = { ...stats };
    options.onSegment(segment, stamps.length);
  };
  try {
    for await (const { sample, ...stamped } of enhanced) {
      try {
        while (run[position] !== stamped.segment && position < run.length) await finish();
        open ??= { encoder: await step('encode', options.openEncoder), stamps: [] };
      } catch (error) {
        sample.close();
        throw error;
      }
      const { encoder, stamps } = open;
      stamps.push(stamped);
      await step('encode', () => encoder.encode(sample));
      options.onFrame(stamped.segment);
    }
    while (position < run.length) await finish();
  } finally {
    (open as { encoder: SegmentEncoder } | null)?.encoder.close();
  }
}

/** Encoder output order is input order, so the source's exact stamps are put back on the packets one by one. */
function pair({ packets }: EncodedSegment, stamps: readonly Stamped[]) {
  if (packets.length !== stamps.length) {
    throw new Error(`${stamps.length} frames in, ${packets.length} packets out`);
  }
  return packets.map((packet, position) => {
    const { timestampSeconds = 0, durationSeconds = 0 } = stamps[position] ?? {};
    return { ...packet, timestampSeconds, durationSeconds };
  });
}
