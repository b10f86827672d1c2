import type { IndexedPacket } from '@clearreel/shared/media/source';

/** A packet as ffprobe lists it, in file order; stamps and duration in ticks. */
export interface ListedPacket {
  readonly pts: number | null;
  readonly dts: number | null;
  readonly duration: number | null;
  readonly bytes: number;
  readonly isKey: boolean;
}

/** When a frame is shown, in ticks. */
export interface Shown {
  readonly ticks: number;
  readonly isKey: boolean;
}

const ticks = (text: string | undefined) =>
  text === undefined || text === '' || text === 'N/A' ? null : Number(text);

/** ffprobe's options for `parsePackets`, the stream and the file left out. */
export const packetListOptions = [
  ...['-show_entries', 'packet=pts,dts,duration,size,flags', '-of', 'csv'],
];

/**
 * Reads what ffprobe lists with `packetListOptions`; hidden packets are left out. ffprobe here never
 * forgets what it was once asked to show, so lines of other sections may stand between.
 */
export function parsePackets(csv: string): ListedPacket[] {
  const packets: ListedPacket[] = [];
  for (const line of csv.split('\n')) {
    const [section, pts, dts, duration, size, flags] = line.split(',');
    if (section !== 'packet' || flags === undefined || flags.includes('D')) continue;
    packets.push({
      pts: ticks(pts),
      dts: ticks(dts),
      duration: ticks(duration),
      bytes: Number(size),
      isKey: flags.includes('K'),
    });
  }
  return packets;
}

/**
 * When each frame is shown, from the packets alone; `null` where they do not say.
 *
 * With a presentation stamp on every packet: those, sorted. Without (AVI stores none), the decoder gives
 * its n-th frame when packet n + `reorderDepth` comes in, and that packet's decode stamp is the frame's
 * time (ffmpeg's best-effort timestamp); after the last packet, time goes on in steps of its duration.
 */
export function shownTimes(packets: readonly ListedPacket[], reorderDepth: number): Shown[] | null {
  if (packets.every(({ pts }) => pts !== null)) {
    return packets
      .map(({ pts, isKey }) => ({ ticks: pts ?? 0, isKey }))
      .sort((a, b) => a.ticks - b.ticks);
  }
  const stamps: number[] = [];
  for (const { dts } of packets) {
    if (dts === null || dts <= (stamps.at(-1) ?? Number.NEGATIVE_INFINITY)) return null;
    stamps.push(dts);
  }
  const step = packets.at(-1)?.duration || 1;
  const last = stamps.at(-1) ?? 0;
  const keys = new Set<number>();
  for (const [at, { isKey }] of packets.entries()) if (isKey) keys.add(shownAt(packets, at));
  return packets.map((_, at) => {
    const time = stamps[at + reorderDepth] ?? last + step * (at + reorderDepth + 1 - stamps.length);
    return { ticks: time, isKey: keys.has(time) };
  });
}

/**
 * Time of a key frame without a stamp: frames that nothing refers to are decoded when they are shown (the
 * parser stamps those), all others when the next such frame is decoded (ISO/IEC 13818-2 §6.1.1.11).
 */
function shownAt(packets: readonly ListedPacket[], at: number): number {
  for (let next = at + 1; next < packets.length; next++) {
    const packet = packets[next];
    if (packet?.pts === null && packet.dts !== null) return packet.dts;
  }
  const last = packets.at(-1);
  return (last?.dts ?? 0) + (last?.duration || 1);
}

/** Whether the first decoded frames come when the packets say; frames without a stamp count for nothing. */
export function agrees(
  shown: readonly Shown[],
  decoded: readonly { ticks: number | null }[],
): boolean {
  const stamps = decoded.map(({ ticks }) => ticks).filter((each) => each !== null);
  return stamps.length > 0 && stamps.every((stamp, at) => shown[at]?.ticks === stamp);
}

/** Frames as decoded, where the packets say nothing true. A frame without a stamp comes one step after its neighbour. */
export function decodedTimes(
  decoded: readonly { ticks: number | null; isKey: boolean }[],
  stepTicks: number,
): Shown[] {
  const shown: Shown[] = [];
  for (const { ticks, isKey } of decoded) {
    const before = shown.at(-1)?.ticks;
    const next = before === undefined ? 0 : before + stepTicks;
    if (ticks !== null && before !== undefined && ticks <= before) continue;
    shown.push({ ticks: ticks ?? next, isKey });
  }
  return shown;
}

/**
 * The packet index. A frame lasts until the next one; the last as long as its packet says, else as the one
 * before it.
 */
export function indexOf(
  shown: readonly Shown[],
  lastTicks: number | null,
  timeBase: { num: number; den: number },
): IndexedPacket[] {
  const seconds = (count: number) => (count * timeBase.num) / timeBase.den;
  return shown.map(({ ticks, isKey }, at) => {
    const next = shown[at + 1]?.ticks;
    const before = shown[at - 1]?.ticks;
    const lasts = next === undefined ? (lastTicks ?? ticks - (before ?? ticks)) : next - ticks;
    return { timestampSeconds: seconds(ticks), durationSeconds: seconds(lasts), isKey };
  });
}
