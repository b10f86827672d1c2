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
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  Codec,
  CodecContext,
  CodecParameters,
  FFmpegError,
  Frame,
  Packet,
  Rational,
} from 'node-av';
import { avColour } from '../media/colour-tags.ts';
import { fillFrame } from './av-frame.ts';
import { containerPacket, hevcCodecString } from './bitstream.ts';
import { encoderKinds, encoderOptions } from './codecs.ts';

// SVT-AV1 writes to standard error unless told otherwise before it starts; what fails is thrown as well.
process.env.SVT_LOG ??= '0';

const bt709 = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false } as const;

/** No key frame but the first, however long the segment is. */
const noFurtherKeys = 1_000_000;

const pixelFormatOf = ({ bitDepth = 8 }: EncoderSettings) =>
  bitDepth === 10 ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P;

async function openContext(settings: EncoderSettings): Promise<CodecContext> {
  const { width, height, frameRate, codec } = settings;
  const { name, leastPx } = encoderKinds[codec];
  const implementation = Codec.findEncoderByName(name);
  if (!implementation) throw new ClearReelError('ENCODER_MISSING', { codec, width, height });
  if (Math.min(width, height) < leastPx) {
    const reason = because('ENCODER_SIDES', { leastPx });
    throw new ClearReelError('ENCODER_FAILED', { reason });
  }
  const context = new CodecContext();
  context.allocContext3(implementation);
  try {
    context.width = width;
    context.height = height;
    context.pixelFormat = pixelFormatOf(settings);
    // Frames are numbered and the source's stamps put back later, so that no encoder's rate control meets odd ones.
    const ticks = Math.max(1, Math.round(frameRate * 1000));
    context.timeBase = new Rational(1000, ticks);
    context.framerate = new Rational(ticks, 1000);
    context.gopSize = noFurtherKeys;
    context.maxBFrames = 0;
    context.threadCount = 0;
    Object.assign(context, avColour(settings.colour ?? bt709));
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    for (const [option, value] of Object.entries(encoderOptions(settings))) {
      FFmpegError.throwIfError(context.setOption(option, value), `${option}=${value}`);
    }
    FFmpegError.throwIfError(await context.open2(), name);
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

function decoderConfig(context: CodecContext, settings: EncoderSettings): VideoDecoderConfigData {
  const { codec, codecString, width: codedWidth, height: codedHeight } = settings;
  const parameters = new CodecParameters();
  parameters.alloc();
  try {
    parameters.fromContext(context);
    const stated = parameters.getCodecString() ?? codecString;
    const size = { codedWidth, codedHeight };
    // The others' extradata is no configuration record, and containers make theirs from the string.
    if (codec !== 'avc' && codec !== 'hevc') return { codec: stated, ...size };
    const record = parameters.getDecoderConfigurationRecord();
    if (!record) throw new ClearReelError('ENCODER_FAILED', { reason: because('NO_VIDEO_OUT') });
    const description = Uint8Array.from(record);
    return {
      codec: codec === 'hevc' ? hevcCodecString(description) : stated,
      ...size,
      description,
    };
  } finally {
    parameters.free();
  }
}

/** Encodes one segment with FFmpeg's encoders. Takes I420 frames of the settings' size and depth. */
export class NodeAvEncoder implements SegmentEncoder {
  readonly #settings: EncoderSettings;
  readonly #context: CodecContext;
  readonly #config: VideoDecoderConfigData;
  readonly #frame = new Frame();
  readonly #packet = new Packet();
  readonly #packets: EncodedVideoPacket[] = [];
  #frames = 0;
  #isClosed = false;
  /** What FFmpeg does at the moment: its memory is freed only after it. */
  #running: Promise<unknown> = Promise.resolve();

  private constructor(settings: EncoderSettings, context: CodecContext) {
    this.#settings = settings;
    this.#context = context;
    this.#config = decoderConfig(context, settings);
    this.#frame.alloc();
    this.#packet.alloc();
  }

  /** @throws ClearReelError `ENCODER_MISSING`, `ENCODER_FAILED`. */
  static async open(settings: EncoderSettings): Promise<NodeAvEncoder> {
    try {
      const context = await openContext(settings);
      try {
        return new NodeAvEncoder(settings, context);
      } catch (error) {
        context.freeContext();
        throw error;
      }
    } catch (error) {
      throw asClearReelError(error, 'ENCODER_FAILED');
    }
  }

  async encode(sample: VideoSample): Promise<void> {
    try {
      await this.#alone(() => this.#send(sample));
    } finally {
      sample.close();
    }
  }

  async finish(): Promise<EncodedSegment> {
    await this.#alone(async () => {
      FFmpegError.throwIfError(await this.#context.sendFrame(null), 'flush');
      await this.#receive();
    });
    const received = this.#packets.length;
    if (received !== this.#frames || this.#packets[0]?.isKey !== true) {
      const reason = because('FRAMES_DIFFER', { given: this.#frames, received });
      throw new ClearReelError('ENCODER_FAILED', { reason });
    }
    return { config: this.#config, packets: this.#packets };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const free = () => {
      this.#context.freeContext();
      this.#frame.free();
      this.#packet.free();
    };
    this.#running.then(free, free);
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#isClosed) {
      throw new ClearReelError('ENCODER_FAILED', { reason: because('ENCODER_CLOSED') });
    }
    const running = this.#running.then(work);
    this.#running = running.catch(() => {}); // Whoever asked for it gets the error.
    try {
      await running;
    } catch (error) {
      throw asClearReelError(error, 'ENCODER_FAILED');
    }
  }

  async #send(sample: VideoSample): Promise<void> {
    const { width, height } = this.#settings;
    const isTaken = await fillFrame(this.#frame, sample);
    const frame = this.#frame;
    const isFitting = frame.width === width && frame.height === height;
    if (!isTaken || !isFitting || frame.format !== pixelFormatOf(this.#settings)) {
      const format = `${sample.format} ${sample.codedWidth}×${sample.codedHeight}`;
      const reason = because('ENCODER_REFUSES_FRAME', { format });
      throw new ClearReelError('ENCODER_FAILED', { reason });
    }
    frame.pts = BigInt(this.#frames++);
    frame.duration = 1n;
    frame.timeBase = this.#context.timeBase;
    FFmpegError.throwIfError(await this.#context.sendFrame(frame), 'send');
    frame.unref();
    await this.#receive();
  }

  async #receive(): Promise<void> {
    for (;;) {
      const status = await this.#context.receivePacket(this.#packet);
      if (status === AVERROR_EAGAIN || status === AVERROR_EOF) return;
      FFmpegError.throwIfError(status, 'receive');
      const { data, isKeyframe, pts } = this.#packet;
      if (pts !== BigInt(this.#packets.length)) {
        throw new ClearReelError('ENCODER_FAILED', { reason: because('ENCODER_REORDERS') });
      }
      const held = containerPacket(this.#settings.codec, data ?? new Uint8Array());
      this.#packets.push({ data: held, isKey: isKeyframe });
      this.#packet.unref();
    }
  }
}
