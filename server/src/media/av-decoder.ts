import type { DecoderEvents, PacketDecoder } from '@clearreel/shared/media/packet-decoder';
import { maxSourcePixels } from '@clearreel/shared/media/video-facts';
import type { EncodedPacket } from 'mediabunny';
import {
  AV_NOPTS_VALUE,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  Codec,
  CodecContext,
  type CodecParameters,
  Dictionary,
  FF_COMPLIANCE_STRICT,
  FFmpegError,
  Frame,
  Packet,
  Rational,
} from 'node-av';
import { avSample } from './av-sample.ts';

/** More threads only hold more frames back. */
const mostThreads = 8;

/**
 * FFmpeg's decoder in software. It works off the main thread, one packet after another, and gives whatever FFmpeg
 * gives: damage that it reports ends the decoder, as in browsers.
 */
export async function openAvDecoder(
  parameters: CodecParameters,
  threads: number,
  events: DecoderEvents,
): Promise<PacketDecoder> {
  const codec = Codec.findDecoder(parameters.codecId);
  if (!codec) throw new Error('FFmpeg has no decoder for it');
  const context = new CodecContext();
  try {
    context.allocContext3(codec);
    FFmpegError.throwIfError(context.parametersToContext(parameters), 'parametersToContext');
    context.pktTimebase = microsecondBase();
    context.threadCount = Math.min(threads, mostThreads);
    const options = Dictionary.fromObject({
      // Without it, H.264 that does not state its reordering comes out of order at first.
      strict: FF_COMPLIANCE_STRICT,
      max_pixels: maxSourcePixels,
    });
    FFmpegError.throwIfError(await context.open2(codec, options), 'open2');
  } catch (error) {
    context.freeContext();
    throw error;
  }
  return new AvDecoder(context, events);
}

const microsecondBase = () => new Rational(1, 1_000_000);

class AvDecoder implements PacketDecoder {
  readonly #context: CodecContext;
  readonly #events: DecoderEvents;
  readonly #frame = new Frame();
  readonly #packet = new Packet();
  #queued = 0;
  #isClosed = false;
  /** Work done one after another; never rejects. */
  #work: Promise<void> = Promise.resolve();

  constructor(context: CodecContext, events: DecoderEvents) {
    this.#context = context;
    this.#events = events;
    this.#frame.alloc();
    this.#packet.alloc();
  }

  get queueSize(): number {
    return this.#queued;
  }

  decode(packet: EncodedPacket): void {
    this.#queued++;
    this.#then(async () => {
      this.#queued--;
      this.#events.onDequeue();
      await this.#send(packet);
    });
  }

  flush(): Promise<void> {
    return this.#then(async () => {
      FFmpegError.throwIfError(await this.#context.sendPacket(null), 'sendPacket');
      await this.#receive();
    });
  }

  close(): void {
    this.#isClosed = true;
    // FFmpeg may be at work on another thread.
    void this.#work.then(() => {
      this.#context.freeContext();
      this.#frame.free();
      this.#packet.free();
    });
  }

  #then(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#isClosed) return;
      try {
        await work();
      } catch (error) {
        this.#events.onError(error);
      }
    });
    return this.#work;
  }

  async #send({ data, type, microsecondTimestamp, microsecondDuration }: EncodedPacket) {
    const packet = this.#packet;
    packet.data = Buffer.from(data);
    packet.isKeyframe = type === 'key';
    packet.timeBase = microsecondBase();
    packet.pts = BigInt(microsecondTimestamp);
    packet.dts = AV_NOPTS_VALUE;
    packet.duration = BigInt(microsecondDuration);
    const sent = await this.#context.sendPacket(packet);
    packet.unref();
    FFmpegError.throwIfError(sent, 'sendPacket');
    await this.#receive();
  }

  async #receive(): Promise<void> {
    while (!this.#isClosed) {
      const received = await this.#context.receiveFrame(this.#frame);
      if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return;
      FFmpegError.throwIfError(received, 'receiveFrame');
      const frame = this.#frame.clone();
      if (!frame) throw new Error('no memory for a frame');
      const own = frame.pts === AV_NOPTS_VALUE ? null : Number(frame.pts);
      const sample = await avSample(frame, (own ?? 0) / 1e6);
      if (this.#isClosed) sample.close();
      else this.#events.onSample(sample, own);
    }
  }
}
