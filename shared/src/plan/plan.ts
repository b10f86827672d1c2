import type { IndexedPacket, TimeSpan } from '../media/source.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import { type SourceWindow, sourceWindow } from './source-window.ts';

/** One unit of work: the frames of `span`, encoded by one encoder. */
export interface PlannedSegment extends TimeSpan {
  readonly index: number;
  /** Frames that the packet index promises for the span. */
  readonly frameCount: number;
}

export interface Plan {
  readonly segments: readonly PlannedSegment[];
  readonly frameCount: number;
}

/** Packets inside the window: `start <= timestamp < end`. */
function packetsInside(
  index: readonly IndexedPacket[],
  { startSeconds, endSeconds }: SourceWindow,
): readonly IndexedPacket[] {
  const start = startSeconds ?? Number.NEGATIVE_INFINITY;
  const end = endSeconds ?? Number.POSITIVE_INFINITY;
  return index.filter(
    ({ timestampSeconds }) => start <= timestampSeconds && timestampSeconds < end,
  );
}

/**
 * Cuts the source into segments of about `segmentSeconds`. It depends on nothing but the packet index and the
 * spec, so every host plans the same. A cut falls on the key frame nearest to the wished place when there is one
 * within half a segment (decoding can then start there without waste), else between two frames. Bounds are
 * packet timestamps, unchanged, so that the comparisons at a seam see the same doubles on both sides.
 */
export function planSegments(
  index: readonly IndexedPacket[],
  spec: JobSpec,
  originSeconds = 0,
): Plan {
  const window = sourceWindow(spec.trim, originSeconds);
  const packets = packetsInside(index, window);
  const cuts = [0];
  const aim = spec.output.segmentSeconds;
  for (let start = 0; ; ) {
    const next = nextCut(packets, start, aim);
    if (next >= packets.length) break;
    cuts.push(next);
    start = next;
  }
  const segments = cuts.map((from, position): PlannedSegment => {
    const to = cuts[position + 1] ?? packets.length;
    const isFirst = position === 0;
    const isLast = position === cuts.length - 1;
    return {
      index: position,
      startSeconds: isFirst ? window.startSeconds : stampAt(packets, from),
      endSeconds: isLast ? window.endSeconds : stampAt(packets, to),
      frameCount: to - from,
    };
  });
  return { segments: packets.length === 0 ? [] : segments, frameCount: packets.length };
}

const stampAt = (packets: readonly IndexedPacket[], position: number): number | null =>
  packets[position]?.timestampSeconds ?? null;

function nextCut(packets: readonly IndexedPacket[], start: number, aimSeconds: number): number {
  const origin = packets[start]?.timestampSeconds ?? 0;
  let plain = packets.length;
  let nearestKey = -1;
  let nearestDistance = Number.POSITIVE_INFINITY;
  for (let position = start + 1; position < packets.length; position++) {
    const packet = packets[position];
    if (!packet) break;
    const length = packet.timestampSeconds - origin;
    if (length > aimSeconds * 1.5) break;
    if (plain === packets.length && length >= aimSeconds) plain = position;
    const distance = Math.abs(length - aimSeconds);
    if (packet.isKey && length >= aimSeconds * 0.5 && distance < nearestDistance) {
      nearestKey = position;
      nearestDistance = distance;
    }
  }
  if (nearestKey > 0) return nearestKey;
  return plain === packets.length ? firstAfter(packets, start, aimSeconds) : plain;
}

/** A gap longer than one and a half segments: the frame behind it starts the next segment. */
function firstAfter(packets: readonly IndexedPacket[], start: number, aimSeconds: number): number {
  const origin = packets[start]?.timestampSeconds ?? 0;
  for (let position = start + 1; position < packets.length; position++) {
    if ((packets[position]?.timestampSeconds ?? 0) - origin >= aimSeconds) return position;
  }
  return packets.length;
}
