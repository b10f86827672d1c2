import type { VideoSample } from 'mediabunny';
import type { SegmentEncoder } from '../media/encoder.ts';
import type { SourceFrame } from '../media/source.ts';
import type { PlannedSegment } from '../plan/plan.ts';
import type { SegmentPacket } from '../segments/segment-store.ts';
import type { Channel } from './channel.ts';
import type { RunSegmentsOptions } from './run-options.ts';
import type { Steps } from './steps.ts';

interface Stamped {
  readonly timestampSeconds: number;
  readonly durationSeconds: number;
}

export interface Decoded {
  readonly segment: PlannedSegment;
  readonly frame: SourceFrame;
}

export interface Enhanced extends Stamped {
  readonly segment: PlannedSegment;
  readonly sample: VideoSample;
  /** What this frame added to the enhancer's statistics. */
  readonly stats: FrameStats;
}

export interface FrameStats {
  readonly reusedFrames: number;
  readonly reusedTiles: number;
  readonly tiles: number;
}

const closeFrame = (late: IteratorResult<SourceFrame>) => {
  if (!late.done) late.value.sample.close();
};

export async function decodeStage(
  { source }: RunSegmentsOptions,
  run: readonly PlannedSegment[],
  steps: Steps,
  decoded: Channel<Decoded>,
): Promise<void> {
  const span = {
    startSeconds: run[0]?.startSeconds ?? null,
    endSeconds: run.at(-1)?.endSeconds ?? null,
  };
  const frames = source.frames(span, steps.signal)[Symbol.asyncIterator]();
  let position = 0;
  try {
    for (;;) {
      const next = await steps.run('decode', () => frames.next(), closeFrame);
      if (next.done) break;
      const frame = next.value;
      while (isBehind(frame, run[position]) && position < run.length - 1) position++;
      const segment = run[position];
      if (!segment) break;
      await decoded.send({ segment, frame });
    }
    decoded.close();
  } finally {
    // Not awaited here: after an abort it waits behind a `next` that may never come.
    steps.track(Promise.resolve(frames.return?.())).catch(() => {});
  }
}

const isBehind = (frame: SourceFrame, segment: PlannedSegment | undefined) =>
  segment !== undefined &&
  segment.endSeconds !== null &&
  frame.timestampSeconds >= segment.endSeconds;

export async function enhanceStage(
  { enhancer }: RunSegmentsOptions,
  steps: Steps,
  decoded: Channel<Decoded>,
  enhanced: Channel<Enhanced>,
): Promise<void> {
  for await (const { segment, frame } of decoded) {
    const before = { ...enhancer.stats };
    const sample = await steps.run(
      'enhance',
      (progressed) => enhancer.enhance(frame, { progressed }),
      (late) => late.close(),
    );
    const { timestampSeconds, durationSeconds } = frame;
    const stats = difference(enhancer.stats, before);
    await enhanced.send({ segment, timestampSeconds, durationSeconds, sample, stats });
  }
  enhanced.close();
}

const difference = (after: FrameStats, before: FrameStats): FrameStats => ({
  reusedFrames: after.reusedFrames - before.reusedFrames,
  reusedTiles: after.reusedTiles - before.reusedTiles,
  tiles: after.tiles - before.tiles,
});

const sum = (a: FrameStats, b: FrameStats): FrameStats => ({
  reusedFrames: a.reusedFrames + b.reusedFrames,
  reusedTiles: a.reusedTiles + b.reusedTiles,
  tiles: a.tiles + b.tiles,
});

const noStats: FrameStats = { reusedFrames: 0, reusedTiles: 0, tiles: 0 };

/** A segment being encoded. */
interface OpenSegment {
  readonly encoder: SegmentEncoder;
  readonly stamps: Stamped[];
  stats: FrameStats;
}

export async function encodeStage(
  options: RunSegmentsOptions,
  run: readonly PlannedSegment[],
  steps: Steps,
  enhanced: Channel<Enhanced>,
): Promise<void> {
  let position = 0;
  let open: OpenSegment | null = null;
  const finish = async () => {
    const segment = run[position++];
    if (!segment) return;
    const ended = open;
    const { config, packets } = ended
      ? await steps.run('encode', () => finishEncoder(ended))
      : { config: { codec: options.codecString }, packets: [] };
    ended?.encoder.close();
    open = null;
    const { index } = segment;
    const stats = ended?.stats ?? noStats;
    const stored = { index, provider: options.provider, config, packets, stats };
    await steps.run('store', () => options.store.put(stored));
    options.onSegment(segment, packets.length);
  };
  const openNext = async (): Promise<OpenSegment> => {
    const encoder = await steps.run('encode', options.openEncoder, (late) => late.close());
    return { encoder, stamps: [], stats: noStats };
  };
  try {
    for await (const { sample, segment, stats, ...stamps } of enhanced) {
      let current: OpenSegment;
      try {
        while (run[position] !== segment && position < run.length) await finish();
        current = open ??= await openNext();
      } catch (error) {
        sample.close();
        throw error;
      }
      current.stamps.push(stamps);
      current.stats = sum(current.stats, stats);
      await steps.run('encode', () => current.encoder.encode(sample));
      options.onFrame(segment);
    }
    while (position < run.length) await finish();
  } finally {
    (open as OpenSegment | null)?.encoder.close();
  }
}

/** Encoder output order is input order, so the source's exact stamps are put back on the packets one by one. */
async function finishEncoder({ encoder, stamps }: OpenSegment) {
  const { config, packets } = await encoder.finish();
  if (packets.length !== stamps.length) {
    throw new Error(`${stamps.length} frames went in, ${packets.length} packets came out`);
  }
  const stamped = packets.map((packet, position): SegmentPacket => {
    const { timestampSeconds = 0, durationSeconds = 0 } = stamps[position] ?? {};
    return { ...packet, timestampSeconds, durationSeconds };
  });
  return { config, packets: stamped };
}
