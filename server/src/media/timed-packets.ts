import type { PacketDecoder } from '@clearreel/shared/media/packet-decoder';
import { EncodedPacket } from 'mediabunny';
import { openAvDecoder } from './av-decoder.ts';
import { AvPackets } from './av-packets.ts';
import { type ListedPacket, shownTicks, type TimedPacket } from './listed-packets.ts';
import type { VideoStream } from './video-stream.ts';

/** Packets decoded to see whether frames come when the list says. */
const checkedPackets = 48;
const mostWaiting = 8;

/**
 * Gives each packet the time at which its frame is shown: from the list where a decoded beginning agrees with it, else
 * by decoding all of it once, which is exact and slow.
 */
export async function timedPackets(
  stream: VideoStream,
  listed: readonly ListedPacket[],
  signal: AbortSignal,
  onProgress: () => void,
): Promise<TimedPacket[]> {
  const decode = (count: number) =>
    decodedOrder(stream, listed.slice(0, count), signal, onProgress);
  const shown = shownTicks(listed);
  if (shown) {
    const order = await decode(checkedPackets);
    const times = order.map((at) => shown[at] ?? 0n);
    const areAscending = times.every((ticks, at) => at === 0 || ticks > (times[at - 1] ?? 0n));
    if (order.length > 0 && areAscending) {
      return listed.map((packet, at) => ({ ...packet, shownTicks: Number(shown[at]) }));
    }
  }
  return byDecoding(listed, await decode(listed.length), stream.parameters.videoDelay);
}

/**
 * The n-th frame that comes out is shown at the n-th of all times that the packets state. Decode times alone are early
 * by the pictures that the decoder holds back to put them in order.
 */
function byDecoding(
  listed: readonly ListedPacket[],
  order: readonly number[],
  heldBack: number,
): TimedPacket[] {
  const stamps = listed
    .map(({ pts, dts }, at) => Number(pts ?? dts ?? at))
    .sort((a, b) => a - b)
    .slice(listed.some(({ pts }) => pts !== null) ? 0 : heldBack);
  const step = Number(listed.at(-1)?.durationTicks || 1n);
  const last = stamps.at(-1) ?? 0;
  const ticksOf = (position: number) =>
    stamps[position] ?? last + step * (position + 1 - stamps.length);
  const shown = new Map(order.map((at, position) => [at, ticksOf(position)]));
  return listed.map((packet, at) => ({ ...packet, shownTicks: shown.get(at) ?? null }));
}

/** Positions of the packets whose frames come out, in the order of display. Packets that cannot be decoded give none. */
async function decodedOrder(
  stream: VideoStream,
  listed: readonly ListedPacket[],
  signal: AbortSignal,
  onProgress: () => void,
): Promise<number[]> {
  const order: number[] = [];
  const packets = new AvPackets(
    stream,
    listed.map((packet) => ({ ...packet, shownTicks: null })),
  );
  let wake = () => {};
  let isBroken = false;
  const open = () =>
    openAvDecoder(stream.parameters, 1, {
      onSample: (sample, own) => {
        sample.close();
        if (own !== null) order.push(own);
      },
      onError: () => {
        isBroken = true;
        wake();
      },
      onDequeue: () => wake(),
    });
  let decoder: PacketDecoder | null = null;
  try {
    let packet = await packets.firstKey();
    for (; packet; packet = await packets.after(packet)) {
      signal.throwIfAborted();
      onProgress();
      if (isBroken) {
        decoder?.close();
        decoder = null;
        isBroken = false;
      }
      decoder ??= await open();
      const { data, type, sequenceNumber } = packet;
      decoder.decode(new EncodedPacket(data, type, sequenceNumber / 1e6, 0, sequenceNumber));
      while (decoder.queueSize > mostWaiting && !isBroken) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    await decoder?.flush();
  } finally {
    decoder?.close();
    await packets.close();
  }
  return order;
}
