import type { IndexedPacket, TimeSpan } from '@clearreel/shared/media/source';

/** Position of the first frame of the index that is not before `seconds`. */
function firstFrom(index: readonly IndexedPacket[], seconds: number): number {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index[middle]?.timestampSeconds ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Positions of the frames of a span: `from` up to `to`, exclusive. */
export function framesOf(
  index: readonly IndexedPacket[],
  { startSeconds, endSeconds }: TimeSpan,
): { from: number; to: number } {
  return {
    from: startSeconds === null ? 0 : firstFrom(index, startSeconds),
    to: endSeconds === null ? index.length : firstFrom(index, endSeconds),
  };
}

/** Seconds between a frame and the one before it (after it, for the first). */
function gapBefore(index: readonly IndexedPacket[], at: number): number {
  const [a, b] = at > 0 ? [at - 1, at] : [0, 1];
  const [before, after] = [index[a]?.timestampSeconds, index[b]?.timestampSeconds];
  if (before === undefined || after === undefined) return index[at]?.durationSeconds || 1;
  return after - before;
}

/**
 * The frame of the index that a decoded timestamp means, `null` where it is further from every frame than
 * half the way to its neighbour. Decoders give the container's stamps, but two readers may round them
 * differently.
 */
export function nearestFrame(index: readonly IndexedPacket[], seconds: number): number | null {
  const above = firstFrom(index, seconds);
  let best: number | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const at of [above - 1, above]) {
    const frame = index[at];
    if (frame === undefined) continue;
    const distance = Math.abs(frame.timestampSeconds - seconds);
    const gap = Math.min(
      gapBefore(index, at),
      gapBefore(index, Math.min(at + 1, index.length - 1)),
    );
    if (distance <= gap / 2 + 1e-6 && distance < bestDistance) {
      best = at;
      bestDistance = distance;
    }
  }
  return best;
}

/** First tick of the time base that belongs to frame `at`, with a quarter of a frame to spare before it. */
export function startTick(
  index: readonly IndexedPacket[],
  at: number,
  offsetSeconds: number,
  { num, den }: { num: number; den: number },
): number {
  const seconds = (index[at]?.timestampSeconds ?? 0) - offsetSeconds - gapBefore(index, at) / 4;
  return Math.ceil((seconds * den) / num);
}

/**
 * End (exclusive) of a window that starts at `from` and holds at most `mostFrames`: the last key frame in
 * its second half where there is one, since the next window then starts without decoding again.
 */
export function windowEnd(
  index: readonly IndexedPacket[],
  from: number,
  to: number,
  mostFrames: number,
): number {
  const end = from + Math.max(1, mostFrames);
  if (end >= to) return to;
  for (let at = end; at > from + (end - from) / 2; at--) if (index[at]?.isKey) return at;
  return end;
}
