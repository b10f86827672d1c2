import type { EncoderSettings, OutputCodec } from '../media/encoder.ts';

/** Bits that each codec needs for the picture that H.264 gives with one bit. */
const relativeBits: Record<OutputCodec, number> = { avc: 1, hevc: 0.65, vp9: 0.65, av1: 0.5 };

const referencePixels = 1920 * 1080;
const referenceFrameRate = 30;

/** Below these, rate control of small pictures starves the key frames. */
const floorBitsPerSecond = 150_000;
const leastBitsPerSecond = 20_000;

/**
 * Bits per second for a quality of 0..100: at 1080p30 in H.264 from 1.2 to 24 Mbit/s, growing a little slower than
 * pixels and frame rate do. Chosen ample, because variable rate pulses at each segment's key frame when it is tight.
 */
export function bitsPerSecondFor(
  codec: OutputCodec,
  quality: number,
  pixels: number,
  framesPerSecond: number,
): number {
  const reference = 1_200_000 * 20 ** (quality / 100);
  const size = (pixels / referencePixels) ** 0.8;
  const rate = (Math.max(1, framesPerSecond) / referenceFrameRate) ** 0.75;
  return Math.round(Math.max(floorBitsPerSecond, reference * relativeBits[codec] * size * rate));
}

/** What a few frames of a source took in VP9 at the quantizer of the wished quality. */
export interface TrialEncode {
  /** Luma samples of the frames tried. */
  readonly pixels: number;
  readonly keyBits: number;
  /** Mean of the frames after the key frame. */
  readonly deltaBits: number;
  /** Frames that follow one key frame in the job: those of a segment. */
  readonly framesPerKey: number;
}

/** Bits that a codec needs for the picture that VP9 gives with one bit. */
const bitsOverVp9: Record<OutputCodec, number> = { avc: 1.6, hevc: 1, vp9: 1, av1: 0.8 };

/** Enlarged pictures have more pixels, but little more to say in each. */
const sizeExponent = 0.75;

/** Bits per second that give the trial's quality at another size, a key frame at each segment's start included. */
export function bitsPerSecondLike(
  { pixels, keyBits, deltaBits, framesPerKey }: TrialEncode,
  codec: OutputCodec,
  outputPixels: number,
  framesPerSecond: number,
): number {
  const bitsPerFrame = (keyBits + deltaBits * (framesPerKey - 1)) / framesPerKey;
  const scale = (outputPixels / pixels) ** sizeExponent * bitsOverVp9[codec];
  return Math.round(Math.max(leastBitsPerSecond, bitsPerFrame * framesPerSecond * scale));
}

/** Share of the quantizer's range, from the finest (0) to the coarsest (1), at quality 100 and 0. */
const quantizerShare: Partial<Record<OutputCodec, { finest: number; coarsest: number }>> = {
  vp9: { finest: 0.15, coarsest: 0.82 },
  av1: { finest: 0.15, coarsest: 0.82 },
};

export function quantizerFor(codec: OutputCodec, quality: number, highest: number): number | null {
  const share = quantizerShare[codec];
  if (!share) return null;
  const position = share.coarsest + (share.finest - share.coarsest) * (quality / 100);
  return Math.round(position * highest);
}

/** Expected size of the encoded picture for the estimate shown before the start. */
export function estimatedVideoBytes(
  settings: EncoderSettings,
  quality: number,
  seconds: number,
): number {
  const bitsPerSecond =
    settings.rate.mode === 'bitrate'
      ? settings.rate.bitsPerSecond
      : bitsPerSecondFor(
          settings.codec,
          quality,
          settings.width * settings.height,
          settings.frameRate,
        );
  return Math.ceil((bitsPerSecond * seconds) / 8);
}
