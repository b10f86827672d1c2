import { codecString } from '@clearreel/shared/encode/codec-string';
import {
  bitsPerSecondFor,
  bitsPerSecondLike,
  quantizerFor,
  type TrialEncode,
} from '@clearreel/shared/encode/quality';
import { ClearReelError, reasonFor } from '@clearreel/shared/errors/clear-reel-error';
import { greySample } from '@clearreel/shared/frameops/grey-sample';
import type { EncoderSettings, SegmentEncoder } from '@clearreel/shared/media/encoder';
import { choice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import type { EncoderChoice } from '@clearreel/shared/prepare/check-job';
import type { OutputGeometry } from '@clearreel/shared/spec/geometry';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import type { DetailValue } from '@clearreel/shared/texts/text';
import { encoderConfig, WebCodecsEncoder } from './webcodecs-encoder.ts';

export type EncoderOverride = 'webcodecs' | 'ffmpeg';

/** Highest quantizer by codec, as far as implementations differ the widest first: which one holds is probed. */
const quantizerRanges = { vp9: [255, 63], av1: [255, 63] } as const;

/**
 * Picks the encoder and freezes its settings for the job. WebCodecs is tried with a real frame of the real size,
 * because configuration checks promise more than encoders keep. `tryBits` encodes a little of the source, for encoders
 * that take a bit rate and no quantizer.
 * @throws ClearReelError `ENCODER_MISSING`
 */
export async function chooseEncoder(
  spec: JobSpec,
  geometry: OutputGeometry,
  frameRate: number,
  override: EncoderOverride | undefined,
  tryBits: () => Promise<TrialEncode | null> = async () => null,
): Promise<EncoderChoice<EncoderOverride>> {
  const { codec } = spec.output;
  const { width, height } = geometry;
  const base = {
    codec,
    codecString: codecString(codec, geometry, frameRate),
    width,
    height,
    frameRate,
  };
  let obstacle: DetailValue = because('NO_WEBCODECS');
  const bitRate = async () => bitRateFor(spec, geometry, frameRate, await tryBits());
  if (override !== 'ffmpeg') {
    for (const next of [...quantizers(spec).map((rate) => async () => rate), bitRate]) {
      const rate = await next();
      const settings: EncoderSettings = { ...base, encoder: 'webcodecs', rate };
      const problem = await tryEncoder(settings);
      if (problem === null) {
        const chosen = override
          ? choice('webcodecs', 'ENCODER_WANTED')
          : choice('webcodecs', 'ENCODER_WEBCODECS', { codec });
        return { ...chosen, settings };
      }
      obstacle = problem;
    }
  }
  if (override !== 'webcodecs' && (await loadFfmpegEncoder()).ffmpegEncoderSupports(codec)) {
    const settings: EncoderSettings = {
      ...base,
      encoder: 'ffmpeg',
      rate: await bitRate(),
    };
    const chosen = override
      ? choice('ffmpeg', 'ENCODER_WANTED')
      : choice('ffmpeg', 'ENCODER_FFMPEG', { codec, width, height, obstacle });
    return { ...chosen, settings };
  }
  throw new ClearReelError('ENCODER_MISSING', { codec, width, height });
}

function quantizers({ output: { codec, quality } }: JobSpec): EncoderSettings['rate'][] {
  const highest = codec === 'vp9' || codec === 'av1' ? quantizerRanges[codec] : [];
  return highest.flatMap((range) => {
    const quantizer = quantizerFor(codec, quality, range);
    return quantizer === null ? [] : [{ mode: 'quantizer' as const, quantizer }];
  });
}

function bitRateFor(
  { output: { codec, quality } }: JobSpec,
  { width, height }: OutputGeometry,
  frameRate: number,
  trial: TrialEncode | null,
): EncoderSettings['rate'] {
  const pixels = width * height;
  const bitsPerSecond = trial
    ? bitsPerSecondLike(trial, codec, pixels, frameRate)
    : bitsPerSecondFor(codec, quality, pixels, frameRate);
  return { mode: 'bitrate', bitsPerSecond };
}

/** `null` when it works, else why not. */
async function tryEncoder(settings: EncoderSettings): Promise<DetailValue | null> {
  if (typeof VideoEncoder === 'undefined') return because('NO_WEBCODECS');
  try {
    const { supported } = await VideoEncoder.isConfigSupported(encoderConfig(settings));
    if (!supported) return because('ENCODER_REFUSES');
    const encoder = new WebCodecsEncoder(settings);
    try {
      await encoder.encode(greySample(settings));
      await encoder.finish();
      return null;
    } finally {
      encoder.close();
    }
  } catch (error) {
    return reasonFor(error);
  }
}

/** Loaded only when a job needs it. */
const loadFfmpegEncoder = () => import('../rescue/ffmpeg-encoder.ts');

export async function openEncoder(settings: EncoderSettings): Promise<SegmentEncoder> {
  if (settings.encoder === 'webcodecs') return new WebCodecsEncoder(settings);
  const { FfmpegEncoder } = await loadFfmpegEncoder();
  return new FfmpegEncoder(settings);
}
