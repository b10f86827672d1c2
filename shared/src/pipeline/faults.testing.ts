import { VideoSample } from 'mediabunny';
import type { EncodedSegment, EncodedVideoPacket, SegmentEncoder } from '../media/encoder.ts';
import type { SourceFrame, TimeSpan } from '../media/source.ts';
import type { FrameEnhancer } from './run-options.ts';

/** Counts the samples that are alive, as an owner of frames must. */
export class SampleCounter {
  live = 0;
  peak = 0;
  closedTwice = 0;

  make(timestampSeconds: number): VideoSample {
    const sample = new VideoSample(new Uint8Array(6), {
      ...{ format: 'I420', codedWidth: 2, codedHeight: 2, timestamp: timestampSeconds },
    });
    this.peak = Math.max(this.peak, ++this.live);
    let isClosed = false;
    const close = sample.close.bind(sample);
    sample.close = () => {
      if (isClosed) this.closedTwice++;
      else this.live--;
      isClosed = true;
      close();
    };
    return sample;
  }
}

const never = () => new Promise<never>(() => {});

export interface DecoderFault {
  readonly at: number;
  readonly kind: 'fails' | 'hangs' | 'ends';
}

/** A source of ten frames a second, whose decoder may fail, hang or end at a frame. */
export class FakeSource {
  readonly #samples: SampleCounter;
  readonly #frames: number;
  readonly #fault: DecoderFault | null;
  passes = 0;
  /** Passes whose generator was ended or ran out. */
  endedPasses = 0;

  constructor(samples: SampleCounter, frames: number, fault: DecoderFault | null = null) {
    this.#samples = samples;
    this.#frames = frames;
    this.#fault = fault;
  }

  async *frames({ startSeconds, endSeconds }: TimeSpan): AsyncGenerator<SourceFrame> {
    this.passes++;
    try {
      for (let frame = 0; frame < this.#frames; frame++) {
        const timestampSeconds = frame / 10;
        if (startSeconds !== null && timestampSeconds < startSeconds) continue;
        if (endSeconds !== null && timestampSeconds >= endSeconds) return;
        if (frame === this.#fault?.at) {
          if (this.#fault.kind === 'hangs') await never();
          if (this.#fault.kind === 'ends') return;
          throw new Error('the decoder fell over');
        }
        const sample = this.#samples.make(timestampSeconds);
        yield { timestampSeconds, durationSeconds: 0.1, sample };
      }
    } finally {
      this.endedPasses++;
    }
  }
}

export interface EnhancerFault {
  readonly at: number;
  readonly kind: 'fails' | 'hangs';
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(() => resolve(), milliseconds));

/** Gives each frame a new sample; may reject or hang at a frame. */
export class FakeEnhancer implements FrameEnhancer {
  readonly #samples: SampleCounter;
  readonly #fault: EnhancerFault | null;
  readonly stats = { frames: 0, reusedFrames: 0, tiles: 0, reusedTiles: 0 };
  running = 0;
  /** Resets that came while a frame was being worked on. */
  resetsWhileRunning = 0;
  resets = 0;

  constructor(samples: SampleCounter, fault: EnhancerFault | null = null) {
    this.#samples = samples;
    this.#fault = fault;
  }

  async enhance({ sample, timestampSeconds }: SourceFrame): Promise<VideoSample> {
    this.running++;
    try {
      await pause(1);
      const frame = this.stats.frames++;
      this.stats.tiles++;
      if (frame === this.#fault?.at) {
        if (this.#fault.kind === 'hangs') await never();
        throw new Error('the model fell over');
      }
      return this.#samples.make(timestampSeconds);
    } finally {
      sample.close();
      this.running--;
    }
  }

  reset(): void {
    this.resets++;
    if (this.running > 0) this.resetsWhileRunning++;
  }
}

export type EncoderFault =
  | { readonly kind: 'fails' | 'hangs'; readonly at: number }
  | { readonly kind: 'loses a packet' | 'does not open' | 'hangs at the end' };

/** Makes encoders whose packets carry their frame's time; together they may fail at a frame. */
export class FakeEncoders {
  readonly #fault: EncoderFault | null;
  #frames = 0;
  opened = 0;
  closed = 0;

  constructor(fault: EncoderFault | null = null) {
    this.#fault = fault;
  }

  readonly open = async (): Promise<SegmentEncoder> => {
    if (this.#fault?.kind === 'does not open') throw new Error('no encoder is left');
    this.opened++;
    const packets: EncodedVideoPacket[] = [];
    let isClosed = false;
    return {
      encode: async (sample) => {
        try {
          const { timestamp } = sample;
          await this.#strike();
          const data = new TextEncoder().encode(String(timestamp));
          packets.push({ data, isKey: packets.length === 0 });
        } finally {
          sample.close();
        }
      },
      finish: async (): Promise<EncodedSegment> => {
        if (this.#fault?.kind === 'hangs at the end') await never();
        if (this.#fault?.kind === 'loses a packet') packets.pop();
        return { config: { codec: 'test' }, packets };
      },
      close: () => {
        if (!isClosed) this.closed++;
        isClosed = true;
      },
    };
  };

  async #strike(): Promise<void> {
    const frame = this.#frames++;
    if (!this.#fault || !('at' in this.#fault) || frame !== this.#fault.at) return;
    // A closed encoder wakes whoever waits for it, as the real ones do.
    if (this.#fault.kind === 'hangs') {
      while (this.closed < this.opened) await pause(5);
    }
    throw new Error('the encoder fell over');
  }
}
