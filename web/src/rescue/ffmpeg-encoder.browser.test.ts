import type { EncodedSegment, EncoderSettings } from '@clearreel/shared/media/encoder';
import { VideoSample } from 'mediabunny';
import { expect, test } from 'vitest';
import { FfmpegEncoder, ffmpegEncoderSupports } from './ffmpeg-encoder.ts';

const [width, height, frames] = [96, 62, 12];
const settings: EncoderSettings = {
  encoder: 'ffmpeg',
  codec: 'avc',
  codecString: 'avc1.640028',
  width,
  height,
  frameRate: 25,
  rate: { mode: 'bitrate', bitsPerSecond: 400_000 },
};

/** A grey ramp that moves by two pixels a frame. */
const luma = (x: number, y: number, frame: number) => 40 + ((x + 2 * frame + y) % 160);

function i420(frame: number): VideoSample {
  const chroma = Math.ceil(width / 2) * Math.ceil(height / 2);
  const data = new Uint8Array(width * height + 2 * chroma).fill(128);
  for (let at = 0; at < width * height; at++) {
    data[at] = luma(at % width, Math.floor(at / width), frame);
  }
  return new VideoSample(data, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: frame / 25,
    duration: 1 / 25,
    colorSpace: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
  });
}

async function encode(given: EncoderSettings): Promise<EncodedSegment> {
  const encoder = new FfmpegEncoder(given);
  for (let frame = 0; frame < frames; frame++) await encoder.encode(i420(frame));
  return encoder.finish();
}

async function decode({ config, packets }: EncodedSegment): Promise<VideoFrame[]> {
  const decoded: VideoFrame[] = [];
  const { promise, reject } = Promise.withResolvers<never>();
  const decoder = new VideoDecoder({ output: (frame) => decoded.push(frame), error: reject });
  decoder.configure(config as VideoDecoderConfig);
  for (const [at, { data, isKey }] of packets.entries()) {
    const type = isKey ? 'key' : 'delta';
    decoder.decode(new EncodedVideoChunk({ type, timestamp: at * 40_000, data: data.slice() }));
  }
  await Promise.race([decoder.flush(), promise]);
  return decoded;
}

async function meanError(frame: VideoFrame, at: number): Promise<number> {
  const bytes = new Uint8Array(frame.allocationSize());
  const [plane] = await frame.copyTo(bytes);
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = bytes[(plane?.offset ?? 0) + y * (plane?.stride ?? 0) + x] ?? 0;
      sum += Math.abs(value - luma(x, y, at));
    }
  }
  return sum / (width * height);
}

test.each([
  { rate: { mode: 'bitrate', bitsPerSecond: 400_000 } },
  { rate: { mode: 'quantizer', quantizer: 20 } },
] as const)(
  '12.4 H.264 by $rate.mode: one key frame, a packet a frame, BT.709 limited',
  async (rate) => {
    const segment = await encode({ ...settings, ...rate });
    expect(segment.packets.map(({ isKey }) => isKey)).toEqual(
      Array.from({ length: frames }, (_, at) => at === 0),
    );
    const decoded = await decode(segment);
    expect(decoded.length).toBe(frames);
    for (const [at, frame] of decoded.entries()) {
      expect(frame.timestamp).toBe(at * 40_000);
      expect(await meanError(frame, at)).toBeLessThan(4);
      expect(frame.colorSpace).toMatchObject({ matrix: 'bt709', fullRange: false });
      frame.close();
    }
  },
);

test('12.5 two segments of the same settings have the same decoder configuration', async () => {
  const [first, second] = [await encode(settings), await encode(settings)];
  expect(second.config).toEqual(first.config);
});

test('12.6 a codec without an encoder, a wrong size and a cancelled segment are told apart', async () => {
  expect(
    ['avc', 'vp9', 'av1', 'hevc'].filter((each) => ffmpegEncoderSupports(each as 'avc')),
  ).toEqual(['avc']);
  expect(() => new FfmpegEncoder({ ...settings, codec: 'av1' })).toThrow(
    expect.objectContaining({ code: 'ENCODER_MISSING' }),
  );
  const small = new FfmpegEncoder({ ...settings, width: 64 });
  await expect(small.encode(i420(0))).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  const cancelled = new FfmpegEncoder(settings);
  await cancelled.encode(i420(0));
  const finished = cancelled.finish();
  cancelled.close();
  await expect(finished).rejects.toMatchObject({ code: 'CANCELLED' });
});
