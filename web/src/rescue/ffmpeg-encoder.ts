import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type {
  EncodedSegment,
  EncodedVideoPacket,
  EncoderSettings,
  SegmentEncoder,
} from '@clearreel/shared/media/encoder';
import { because } from '@clearreel/shared/notices/reasons';
import { BufferSource, EncodedPacketSink, Input, MP4, type VideoSample } from 'mediabunny';
import { encoderArgs, ffmpegEncoderSupports } from './encoder-args.ts';
import { takeFile } from './ffmpeg-report.ts';
import { FfmpegRuntime } from './ffmpeg-runtime.ts';
import { RawFrames } from './raw-frames.ts';

export { ffmpegEncoderSupports } from './encoder-args.ts';

const output = '/out/segment.mp4';

/** One core for all segments: loading it takes as long as encoding a second of small video. */
const runtime = new FfmpegRuntime();

/**
 * Encodes one segment with ffmpeg.wasm (H.264 only) where WebCodecs has no encoder. Frames are
 * gathered raw and encoded by `finish`. Frames must be I420, NV12 or 8-bit RGB of the settings' size, in
 * BT.709 limited range if they are YUV; the output is tagged so.
 */
export class FfmpegEncoder implements SegmentEncoder {
  readonly #settings: EncoderSettings;
  readonly #frames: RawFrames;
  readonly #abort = new AbortController();

  /** @throws ClearReelError `ENCODER_MISSING` for a codec that ffmpeg.wasm cannot encode. */
  constructor(settings: EncoderSettings) {
    const { codec, width, height } = settings;
    if (!ffmpegEncoderSupports(codec)) {
      throw new ClearReelError('ENCODER_MISSING', { codec, width, height });
    }
    this.#settings = settings;
    this.#frames = new RawFrames(width, height);
  }

  async encode(sample: VideoSample): Promise<void> {
    try {
      this.#abort.signal.throwIfAborted();
      await this.#frames.add(sample);
    } catch (error) {
      throw asClearReelError(error, 'ENCODER_FAILED');
    } finally {
      sample.close();
    }
  }

  async finish(): Promise<EncodedSegment> {
    const { pixelFormat, count } = this.#frames;
    if (pixelFormat === null) {
      throw new ClearReelError('ENCODER_FAILED', { reason: because('NO_FRAME_GIVEN') });
    }
    const inputs = [{ blob: this.#frames.toBlob(), name: 'frames.raw' }];
    const { signal } = this.#abort;
    const work = { stage: 'encoding', code: 'ENCODER_FAILED', inputs, signal } as const;
    const file = await runtime.run(work, async (entered) => {
      const args = encoderArgs(this.#settings, pixelFormat, entered.inputs[0] ?? '', output);
      await entered.call('ffmpeg', args);
      return takeFile(entered, output);
    });
    this.#frames.clear();
    return unpack(file, count);
  }

  close(): void {
    this.#frames.clear();
    this.#abort.abort(new ClearReelError('CANCELLED'));
  }
}

async function unpack(file: Uint8Array<ArrayBuffer>, frames: number): Promise<EncodedSegment> {
  const input = new Input({ source: new BufferSource(file), formats: [MP4] });
  try {
    const track = await input.getPrimaryVideoTrack();
    const config = await track?.getDecoderConfig();
    if (!track || !config)
      throw new ClearReelError('ENCODER_FAILED', { reason: because('NO_VIDEO_OUT') });
    const packets: EncodedVideoPacket[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      packets.push({ data: packet.data.slice(), isKey: packet.type === 'key' });
    }
    if (packets.length !== frames || packets[0]?.isKey !== true) {
      const reason = because('FRAMES_DIFFER', { given: frames, received: packets.length });
      throw new ClearReelError('ENCODER_FAILED', { reason });
    }
    const { codec, codedWidth, codedHeight, description } = config;
    return {
      config: {
        codec,
        ...(codedWidth !== undefined && { codedWidth }),
        ...(codedHeight !== undefined && { codedHeight }),
        ...(description !== undefined && { description: bytesOf(description) }),
      },
      packets,
    };
  } finally {
    input.dispose();
  }
}

/** A copy: a description may be a view into a larger buffer. */
const bytesOf = (source: AllowSharedBufferSource): Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice();
