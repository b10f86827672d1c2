import type { PacketReader } from '@clearreel/shared/media/packet-decoder';
import { EncodedPacket } from 'mediabunny';
import { AVDISCARD_ALL, AVSEEK_FLAG_BACKWARD, type FormatContext, Packet } from 'node-av';
import { openInput } from './av-input.ts';
import { stampOf, type TimedPacket } from './listed-packets.ts';
import type { VideoStream } from './video-stream.ts';

/** Packets that may come after a seek before one that is known: parsers start in the middle of something. */
const mostStrange = 200;

/**
 * The packets of one stream, found again where the list says that they are. FFmpeg's own seeking is a guess in
 * some containers: what it arrives at is looked up in the list, and read up to the packet that was asked for.
 */
export class AvPackets implements PacketReader {
  readonly #stream: VideoStream;
  readonly #timed: readonly TimedPacket[];
  readonly #secondsPerTick: number;
  readonly #positions = new Map<string, number>();
  #context: FormatContext | null = null;
  /** Position in the list of the packet that is read next. */
  #next = 0;

  constructor(stream: VideoStream, timed: readonly TimedPacket[]) {
    this.#stream = stream;
    this.#timed = timed;
    this.#secondsPerTick = stream.timeBase.num / stream.timeBase.den;
    for (const [at, packet] of timed.entries()) this.#positions.set(identity(packet), at);
  }

  async firstKey(): Promise<EncodedPacket | null> {
    const at = this.#timed.findIndex(({ isKey }) => isKey);
    return this.#read(Math.max(0, at));
  }

  async keyAt(seconds: number): Promise<EncodedPacket | null> {
    const at = this.#timed.findLastIndex(
      ({ isKey, shownTicks }) =>
        isKey && shownTicks !== null && shownTicks * this.#secondsPerTick <= seconds,
    );
    return at < 0 ? this.firstKey() : this.#read(at);
  }

  after({ sequenceNumber }: EncodedPacket): Promise<EncodedPacket | null> {
    return this.#read(sequenceNumber + 1);
  }

  async close(): Promise<void> {
    await this.#context?.closeInput();
    this.#context = null;
  }

  async #read(at: number): Promise<EncodedPacket | null> {
    const wanted = this.#timed[at];
    if (!wanted) return null;
    using packet = new Packet();
    packet.alloc();
    if (this.#context && this.#next === at) {
      const isThere = await this.#readNext(packet);
      return isThere ? this.#encoded(packet, at) : null;
    }
    const found = (await this.#seek(at, packet)) || (await this.#readFromStart(at, packet));
    return found ? this.#encoded(packet, at) : null;
  }

  async #seek(at: number, packet: Packet): Promise<boolean> {
    const keys = this.#timed.filter(({ isKey, dts }, each) => each <= at && isKey && dts !== null);
    // Where FFmpeg arrives in the middle of a key packet, it arrives whole at the one before.
    for (const key of keys.slice(-2).reverse()) {
      if (key === this.#timed[0] || key.dts === null) return false;
      const context = await this.#opened();
      const sought = await context.seekFrame(this.#stream.index, key.dts, AVSEEK_FLAG_BACKWARD);
      if (sought >= 0 && (await this.#readUpTo(at, packet))) return true;
    }
    return false;
  }

  async #readFromStart(at: number, packet: Packet): Promise<boolean> {
    await this.close();
    await this.#opened();
    return this.#readUpTo(at, packet);
  }

  /** `false` where what comes lies behind the packet, or cannot be told. */
  async #readUpTo(at: number, packet: Packet): Promise<boolean> {
    for (let strange = 0; strange < mostStrange; ) {
      if (!(await this.#readNext(packet))) return false;
      const found = this.#positions.get(
        identity({ dts: stampOf(packet.dts), position: packet.pos, bytes: packet.size }),
      );
      if (found === undefined) strange++;
      else if (found > at) return false;
      else {
        this.#next = found + 1;
        if (found === at) return true;
      }
    }
    return false;
  }

  async #readNext(packet: Packet): Promise<boolean> {
    const context = await this.#opened();
    do {
      packet.unref();
      if ((await context.readFrame(packet)) < 0) return false;
    } while (packet.streamIndex !== this.#stream.index);
    this.#next++;
    return true;
  }

  async #opened(): Promise<FormatContext> {
    if (this.#context) return this.#context;
    const context = await openInput(this.#stream.path);
    for (const stream of context.streams) {
      if (stream.index !== this.#stream.index) stream.discard = AVDISCARD_ALL;
    }
    this.#next = 0;
    this.#context = context;
    return context;
  }

  #encoded({ data }: Packet, at: number): EncodedPacket {
    const { isKey, shownTicks, dts, durationTicks } = this.#timed[at] as TimedPacket;
    const seconds = (shownTicks ?? Number(dts ?? 0n)) * this.#secondsPerTick;
    return new EncodedPacket(
      Uint8Array.from(data ?? []),
      isKey ? 'key' : 'delta',
      seconds,
      Number(durationTicks) * this.#secondsPerTick,
      at,
    );
  }
}

/** What tells a packet from all others of its stream, and from a part of itself, however the reader came to it. */
const identity = ({ dts, position, bytes }: Pick<TimedPacket, 'dts' | 'position' | 'bytes'>) =>
  dts === null ? `${bytes} at ${position}` : `${bytes} for ${dts}`;
