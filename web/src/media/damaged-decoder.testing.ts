/** What happens to the browser's decoders while a test runs. */
export interface DecoderFault {
  /** Timestamps in microseconds of packets whose data arrives overwritten. */
  readonly damaged?: ReadonlySet<number>;
  /** Timestamps of packets that never reach the decoder. */
  readonly swallowed?: ReadonlySet<number>;
  /** Frames that the decoder gives only when it has as many more; it loses them where it fails. */
  readonly heldBack?: number;
}

/** Puts the fault into every decoder made from now on; gives back what undoes it. */
export function breakDecoders(fault: DecoderFault): () => void {
  const Healthy = globalThis.VideoDecoder;
  globalThis.VideoDecoder = class extends Healthy {
    readonly #held: VideoFrame[];
    readonly #output: VideoFrameOutputCallback;

    constructor(init: VideoDecoderInit) {
      const held: VideoFrame[] = [];
      super({
        output: (frame) => {
          held.push(frame);
          if (held.length > (fault.heldBack ?? 0)) init.output(held.shift() as VideoFrame);
        },
        error: (error) => {
          for (const frame of held.splice(0)) frame.close();
          init.error(error);
        },
      });
      this.#held = held;
      this.#output = init.output;
    }

    override decode(chunk: EncodedVideoChunk): void {
      if (fault.swallowed?.has(chunk.timestamp)) return;
      super.decode(fault.damaged?.has(chunk.timestamp) ? overwritten(chunk) : chunk);
    }

    override async flush(): Promise<void> {
      await super.flush();
      for (const frame of this.#held.splice(0)) this.#output(frame);
    }

    override close(): void {
      for (const frame of this.#held.splice(0)) frame.close();
      super.close();
    }
  };
  return () => {
    globalThis.VideoDecoder = Healthy;
  };
}

const overwritten = ({ type, timestamp, duration, byteLength }: EncodedVideoChunk) =>
  new EncodedVideoChunk({
    type,
    timestamp,
    ...(duration !== null && { duration }),
    data: new Uint8Array(byteLength).fill(0xff),
  });
