import type { EncodedPacket, VideoSample } from 'mediabunny';
import { FedPackets } from './fed-packets.ts';
import { FrameStamps } from './frame-stamps.ts';
import type { PacketDecoder, TrackDecoding } from './packet-decoder.ts';

/** A decoded frame with its packet's timestamp. Whoever takes it closes `sample`. */
export interface DecodedFrame {
  readonly timestampSeconds: number;
  readonly sample: VideoSample;
}

/** Decoding ended before its time. */
export class DecodeStop extends Error {
  /** Where the decoding can be taken up again; `undefined` where not even one packet was given to the decoder. */
  readonly key: EncodedPacket | undefined;
  /** Timestamps of the packets that the decoder was given from `key` on, in decode order. */
  readonly fedSeconds: readonly number[];
  /** How many of these are known to be decodable. */
  readonly decoded: number;
  /** The next packet could not be read; else one of those given could not be decoded. */
  readonly isUnreadable: boolean;

  constructor(cause: unknown, fed: FedPackets, frames: number, isUnreadable: boolean) {
    super('decoding stopped', { cause });
    this.key = fed.key;
    this.fedSeconds = fed.seconds;
    this.decoded = fed.decodedBy(frames);
    this.isUnreadable = isUnreadable;
  }
}

/** Packets that wait for the decoder and frames that wait for being taken, together. */
const mostAhead = 8;

/** A decoder that stands still for so long may want more packets before it gives anything. */
const patienceMs = 2000;
const mostAheadEver = 40;

/**
 * Decodes `limit` packets from a key packet on and gives their frames in presentation order. Frames pile up no
 * further than `mostAhead` and what the decoder itself holds back, however long the consumer takes.
 * @throws DecodeStop where a packet cannot be read or decoded.
 */
export async function* decodeFrom(
  decoding: TrackDecoding,
  key: EncodedPacket,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<DecodedFrame, void, undefined> {
  const run = new DecodeRun(decoding, key, limit, signal);
  try {
    await run.open();
    for (let frame = await run.next(); frame; frame = await run.next()) yield frame;
  } finally {
    run.close();
  }
}

class DecodeRun {
  readonly #decoding: TrackDecoding;
  readonly #signal: AbortSignal;
  /** Read last. */
  #packet: EncodedPacket;
  #isFirst = true;
  #left: number;
  readonly #fed = new FedPackets();
  #frames = 0;
  readonly #stamps: FrameStamps;
  readonly #ready: DecodedFrame[] = [];
  #decoder: PacketDecoder | null = null;
  #mostAhead = mostAhead;
  #phase: 'feeding' | 'flushing' | 'flushed' | 'closed' = 'feeding';
  #unreadable: { cause: unknown } | null = null;
  #failure: { cause: unknown } | null = null;
  #wake = () => {};

  constructor(decoding: TrackDecoding, key: EncodedPacket, limit: number, signal: AbortSignal) {
    this.#decoding = decoding;
    this.#stamps = new FrameStamps(decoding.areComposition);
    this.#packet = key;
    this.#left = limit;
    this.#signal = signal;
  }

  async open(): Promise<void> {
    try {
      this.#decoder = await this.#decoding.openDecoder({
        onSample: (sample, ownMicroseconds) => this.#take(sample, ownMicroseconds),
        onError: (cause) => this.#fail(cause),
        onDequeue: () => this.#wake(),
      });
    } catch (cause) {
      throw this.#stop(cause, false);
    }
  }

  async next(): Promise<DecodedFrame | null> {
    for (;;) {
      this.#signal.throwIfAborted();
      await this.#feed();
      this.#signal.throwIfAborted();
      const frame = this.#ready.shift();
      if (frame) return frame;
      if (this.#failure) throw this.#stop(this.#failure.cause, false);
      if (this.#phase === 'flushed') {
        if (this.#unreadable) throw this.#stop(this.#unreadable.cause, true);
        return null;
      }
      await this.#change();
    }
  }

  close(): void {
    this.#phase = 'closed';
    for (const { sample } of this.#ready.splice(0)) sample.close();
    this.#decoder?.close();
  }

  #stop(cause: unknown, isUnreadable: boolean): DecodeStop {
    return new DecodeStop(cause, this.#fed, this.#frames, isUnreadable);
  }

  /** Gives the decoder what it may have, and after the last packet tells it so. */
  async #feed(): Promise<void> {
    const decoder = this.#decoder;
    while (decoder && this.#phase === 'feeding' && !this.#failure) {
      if (this.#ready.length + decoder.queueSize >= this.#mostAhead) return;
      const packet = await this.#read();
      if (this.#failure) return;
      if (packet) this.#decode(decoder, packet);
      else this.#flush(decoder);
    }
  }

  async #read(): Promise<EncodedPacket | null> {
    if (this.#left-- <= 0) return null;
    if (this.#isFirst) {
      this.#isFirst = false;
      return this.#packet;
    }
    try {
      // One by one: an iterator reads ahead, and where it fails it drops what it had read.
      const next = await this.#decoding.packets.after(this.#packet);
      if (next) this.#packet = next;
      return next;
    } catch (cause) {
      this.#unreadable = { cause };
      return null;
    }
  }

  #decode(decoder: PacketDecoder, packet: EncodedPacket): void {
    this.#fed.add(packet);
    this.#stamps.add(packet);
    try {
      decoder.decode(packet);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #flush(decoder: PacketDecoder): void {
    this.#phase = 'flushing';
    decoder.flush().then(
      () => {
        if (this.#phase === 'flushing') this.#phase = 'flushed';
        this.#wake();
      },
      (cause) => this.#fail(cause),
    );
  }

  #take(sample: VideoSample, ownMicroseconds: number | null): void {
    if (this.#phase === 'closed') {
      sample.close();
      return;
    }
    this.#fed.settle(++this.#frames);
    const timestampSeconds = this.#stamps.take(ownMicroseconds) ?? sample.timestamp;
    sample.setTimestamp(timestampSeconds);
    this.#ready.push({ timestampSeconds, sample });
    this.#wake();
  }

  #fail(cause: unknown): void {
    this.#failure ??= { cause };
    this.#wake();
  }

  async #change(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#mostAhead = Math.min(2 * this.#mostAhead, mostAheadEver);
      resolve();
    }, patienceMs);
    this.#wake = resolve;
    this.#signal.addEventListener('abort', this.#wake, { once: true });
    await promise;
    clearTimeout(timer);
    this.#signal.removeEventListener('abort', this.#wake);
    this.#wake = () => {};
  }
}
