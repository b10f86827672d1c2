import type { IndexedPacket } from '@clearreel/shared/media/source';
import {
  AV_NOPTS_VALUE,
  AV_PKT_FLAG_DISCARD,
  type FormatContext,
  Packet,
  type Stream,
} from 'node-av';

/** A packet of the video as FFmpeg's demuxer lists it, in file order; stamps in ticks. */
export interface ListedPacket {
  readonly pts: bigint | null;
  readonly dts: bigint | null;
  readonly durationTicks: bigint;
  /** Of its first byte, where that is known. */
  readonly position: bigint;
  readonly bytes: number;
  readonly isKey: boolean;
  /** Hidden by an edit list. */
  readonly isHidden: boolean;
}

/** A packet with the time at which its frame is shown; `null` for one that makes none. */
export interface TimedPacket extends ListedPacket {
  readonly shownTicks: number | null;
}

export const stampOf = (ticks: bigint): bigint | null => (ticks === AV_NOPTS_VALUE ? null : ticks);

/** Reads through the file once. What comes behind damage that FFmpeg cannot get over is not there. */
export async function listPackets(
  context: FormatContext,
  stream: Stream,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<ListedPacket[]> {
  const listed: ListedPacket[] = [];
  using packet = new Packet();
  packet.alloc();
  for (;;) {
    signal.throwIfAborted();
    const read = await context.readFrame(packet);
    if (read < 0) return listed;
    onProgress();
    if (packet.streamIndex === stream.index) {
      listed.push({
        pts: stampOf(packet.pts),
        dts: stampOf(packet.dts),
        durationTicks: packet.duration,
        position: packet.pos,
        bytes: packet.size,
        isKey: packet.isKeyframe,
        isHidden: (packet.flags & AV_PKT_FLAG_DISCARD) !== 0,
      });
    }
    packet.unref();
  }
}

/**
 * When each packet's frame is shown, from the packets alone; `null` where they do not say.
 *
 * A packet without a presentation stamp (AVI stores none; FFmpeg's parser gives them to pictures that nothing refers
 * to) is shown when the next such picture is decoded (ISO/IEC 13818-2 §6.1.1.11).
 */
export function shownTicks(listed: readonly ListedPacket[]): bigint[] | null {
  const last = listed.at(-1);
  let next = last?.dts == null ? null : last.dts + (last.durationTicks || 1n);
  const shown: bigint[] = [];
  for (const { pts, dts } of [...listed].reverse()) {
    const ticks = pts ?? next;
    if (ticks === null) return null;
    shown.push(ticks);
    const isReferred = pts === null || (dts !== null && pts > dts);
    if (isReferred) next = dts;
  }
  return shown.reverse();
}

/** The packet index. A frame lasts until the next one; the last as long as its packet says, else as the one before. */
export function indexOf(
  timed: readonly TimedPacket[],
  timeBase: { readonly num: number; readonly den: number },
): IndexedPacket[] {
  const seconds = (ticks: number) => (ticks * timeBase.num) / timeBase.den;
  const shown = timed
    .flatMap(({ shownTicks: ticks, isKey, isHidden }) =>
      ticks === null || isHidden ? [] : { ticks, isKey },
    )
    .sort((a, b) => a.ticks - b.ticks)
    .filter(({ ticks }, at, all) => ticks !== all[at - 1]?.ticks);
  const lastTicks = Number(timed.at(-1)?.durationTicks ?? 0n);
  return shown
    .map(({ ticks, isKey }, at) => {
      const next = shown[at + 1]?.ticks;
      const before = shown[at - 1]?.ticks ?? ticks;
      const lasts = next === undefined ? lastTicks || ticks - before : next - ticks;
      return { timestampSeconds: seconds(ticks), durationSeconds: seconds(lasts), isKey };
    })
    .filter(
      ({ timestampSeconds, durationSeconds }) =>
        timestampSeconds >= 0 || timestampSeconds + durationSeconds > 0,
    );
}
