import { recordWithBt709Transfer } from '@clearreel/shared/encode/avc-transfer';
import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type {
  EncodedSegment,
  EncodedVideoPacket,
  EncoderSettings,
  SegmentEncoder,
  VideoDecoderConfigData,
} from '@clearreel/shared/media/encoder';
import { because } from '@clearreel/shared/notices/reasons';
import type { VideoSample } from 'mediabunny';

/** Frames inside the encoder: `encode()` never blocks, so without this cap they pile up unseen. */
const maxQueued = 4;

export function encoderConfig(settings: EncoderSettings): VideoEncoderConfig {
  const { codec, codecString, width, height, frameRate, rate } = settings;
  return {
    codec: codecString,
    width,
    height,
    framerate: frameRate,
    latencyMode: 'quality',
    ...(rate.mode === 'bitrate'
      ? { bitrate: rate.bitsPerSecond, bitrateMode: 'variable' as const }
      : { bitrateMode: 'quantizer' as const }),
    ...(codec === 'avc' && { avc: { format: 'avc' as const } }),
  };
}

const copied = (source: AllowSharedBufferSource): Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice();

/** One WebCodecs encoder for one segment. */
export class WebCodecsEncoder implements SegmentEncoder {
  readonly #settings: EncoderSettings;
  readonly #encoder: VideoEncoder;
  readonly #packets: EncodedVideoPacket[] = [];
  #config: VideoDecoderConfigData | null = null;
  #lastTimestampUs = Number.NEGATIVE_INFINITY;
  #frames = 0;
  #failure: ClearReelError | null = null;
  #onFailure: () => void = () => {};
  readonly #failed: Promise<void>;

  constructor(settings: EncoderSettings) {
    this.#settings = settings;
    this.#failed = new Promise((resolve) => {
      this.#onFailure = resolve;
    });
    this.#encoder = new VideoEncoder({
      output: (chunk, metadata) => this.#take(chunk, metadata),
      error: (error) => this.#fail(asClearReelError(error, 'ENCODER_FAILED')),
    });
    this.#encoder.configure(encoderConfig(settings));
  }

  async encode(sample: VideoSample): Promise<void> {
    try {
      while (!this.#failure && this.#encoder.encodeQueueSize >= maxQueued) await this.#dequeue();
      if (this.#failure) throw this.#failure;
      const frame = sample.toVideoFrame();
      try {
        this.#encoder.encode(frame, this.#options());
        this.#frames++;
      } finally {
        frame.close();
      }
    } finally {
      sample.close();
    }
  }

  async finish(): Promise<EncodedSegment> {
    if (this.#failure) throw this.#failure;
    await Promise.race([this.#encoder.flush(), this.#failed]);
    if (this.#failure) throw this.#failure;
    if (!this.#config || this.#packets.length !== this.#frames) {
      const received = this.#packets.length;
      const reason = because('FRAMES_DIFFER', { given: this.#frames, received });
      throw new ClearReelError('ENCODER_FAILED', { reason });
    }
    return { config: this.#config, packets: this.#packets };
  }

  close(): void {
    // Wakes an `encode` that waits for room: a closed encoder says nothing any more.
    this.#fail(new ClearReelError('ENCODER_FAILED', { reason: because('ENCODER_CLOSED') }));
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  #options(): VideoEncoderEncodeOptions {
    const { codec, rate } = this.#settings;
    const keyFrame = this.#frames === 0;
    return rate.mode === 'quantizer'
      ? { keyFrame, [codec]: { quantizer: rate.quantizer } }
      : { keyFrame };
  }

  #take(chunk: EncodedVideoChunk, metadata?: EncodedVideoChunkMetadata): void {
    if (chunk.timestamp <= this.#lastTimestampUs) {
      this.#fail(new ClearReelError('ENCODER_FAILED', { reason: because('ENCODER_REORDERS') }));
      return;
    }
    this.#lastTimestampUs = chunk.timestamp;
    const config = metadata?.decoderConfig;
    if (config && !this.#config) {
      const { codec, codedWidth, codedHeight, description } = config;
      this.#config = {
        codec,
        ...(codedWidth !== undefined && { codedWidth }),
        ...(codedHeight !== undefined && { codedHeight }),
        ...(description && { description: this.#tagged(copied(description)) }),
      };
    }
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    this.#packets.push({ data, isKey: chunk.type === 'key' });
  }

  /** Frames drawn on a canvas are tagged sRGB, whatever they are. */
  #tagged(description: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    return this.#settings.codec === 'avc' ? recordWithBt709Transfer(description) : description;
  }

  #fail(error: ClearReelError): void {
    this.#failure ??= error;
    this.#onFailure();
  }

  #dequeue(): Promise<void> {
    const dequeued = new Promise<void>((resolve) => {
      this.#encoder.addEventListener('dequeue', () => resolve(), { once: true });
    });
    return Promise.race([dequeued, this.#failed]);
  }
}
