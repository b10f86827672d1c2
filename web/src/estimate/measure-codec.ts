import { codecString } from '@clearreel/shared/encode/codec-string';
import { bitsPerSecondFor } from '@clearreel/shared/encode/quality';
import type { CodecFigure } from '@clearreel/shared/estimate/figures';
import type { EncodedSegment, EncoderSettings, OutputCodec } from '@clearreel/shared/media/encoder';
import { openEncoder } from '../encode/choose-encoder.ts';
import { MovingPattern } from './moving-pattern.ts';

const size = { width: 1280, height: 720 };
const frameRate = 25;
const quality = 75;
/** A slow encoder is known well enough after a few frames. */
const mostFrames = 20;
const budgetSeconds = 0.7;

const secondsSince = (startMs: number) => (performance.now() - startMs) / 1000;

/** What encoding and decoding a codec costs here. @throws ClearReelError of an encoder that does not work */
export async function measureCodec(
  host: 'webcodecs' | 'ffmpeg',
  codec: OutputCodec,
  signal: AbortSignal,
): Promise<CodecFigure> {
  const bitsPerSecond = bitsPerSecondFor(codec, quality, size.width * size.height, frameRate);
  const settings: EncoderSettings = {
    encoder: host,
    codec,
    codecString: codecString(codec, size, frameRate),
    ...size,
    frameRate,
    rate: { mode: 'bitrate', bitsPerSecond },
  };
  const pattern = new MovingPattern(size, mostFrames);
  const encoder = await openEncoder(settings);
  try {
    await encoder.encode(pattern.frame(0));
    const startMs = performance.now();
    let frames = 1;
    while (frames < mostFrames && secondsSince(startMs) < budgetSeconds) {
      signal.throwIfAborted();
      await encoder.encode(pattern.frame(frames++));
    }
    const segment = await encoder.finish();
    const encodeSeconds = secondsSince(startMs);
    const megapixels = (frames * size.width * size.height) / 1e6;
    return {
      encodeSecondsPerMegapixel: encodeSeconds / megapixels,
      decodeSecondsPerMegapixel: (await decodeSeconds(segment)) / megapixels,
    };
  } finally {
    encoder.close();
  }
}

/** Seconds for all packets; 0 where WebCodecs does not decode them, which then says nothing of the codec. */
async function decodeSeconds({ config, packets }: EncodedSegment): Promise<number> {
  if (typeof VideoDecoder === 'undefined') return 0;
  const { supported } = await VideoDecoder.isConfigSupported(config);
  if (!supported) return 0;
  const failures: DOMException[] = [];
  const decoder = new VideoDecoder({
    output: (frame) => frame.close(),
    error: (error) => failures.push(error),
  });
  try {
    const startMs = performance.now();
    decoder.configure(config);
    packets.forEach(({ data, isKey }, index) => {
      const timestamp = Math.round((index * 1e6) / frameRate);
      decoder.decode(new EncodedVideoChunk({ type: isKey ? 'key' : 'delta', timestamp, data }));
    });
    await decoder.flush();
    return secondsSince(startMs);
  } catch (error) {
    throw failures[0] ?? error;
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
}
