import { codecString } from '@clearreel/shared/encode/codec-string';
import { quantizerFor, type TrialEncode } from '@clearreel/shared/encode/quality';
import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { MediaSource, TimeSpan } from '@clearreel/shared/media/source';
import type { Plan } from '@clearreel/shared/plan/plan';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { WebCodecsEncoder } from './webcodecs-encoder.ts';

/** Places in the source that are tried, and frames at each: about a second of work. */
const places = 3;
const framesPerPlace = 8;

/** The range of VP9's quantizer in this browser is not told; this one is what it was calibrated with. */
const highestQuantizer = 255;

/**
 * How many bits pictures of this source take at the wished quality: some of its frames, encoded as VP9 with the
 * quantizer of that quality. Encoders that know bit rates only are then given a rate that fits the picture. `null`
 * where no such encoder runs.
 */
export async function trialEncode(
  source: MediaSource,
  plan: Plan,
  spec: JobSpec,
  frameRate: number,
  signal: AbortSignal,
): Promise<TrialEncode | null> {
  const { width, height } = source.facts.video;
  const quantizer = quantizerFor('vp9', spec.output.quality, highestQuantizer);
  if (quantizer === null || typeof VideoEncoder === 'undefined') return null;
  const settings: EncoderSettings = {
    encoder: 'webcodecs',
    codec: 'vp9',
    codecString: codecString('vp9', { width, height }, frameRate),
    width,
    height,
    frameRate,
    rate: { mode: 'quantizer', quantizer },
  };
  const framesPerKey = Math.max(1, plan.frameCount / plan.segments.length);
  const trials: TrialEncode[] = [];
  try {
    for (const span of spansOf(plan)) {
      const trial = await encodeStart(source, span, settings, framesPerKey, signal);
      if (trial) trials.push(trial);
    }
  } catch {
    signal.throwIfAborted();
  }
  return trials.sort((a, b) => b.deltaBits - a.deltaBits)[0] ?? null;
}

function spansOf({ segments }: Plan): TimeSpan[] {
  const wanted = Array.from({ length: places }, (_, place) =>
    Math.floor(((place + 0.5) * segments.length) / places),
  );
  return [...new Set(wanted)].flatMap((index) => segments[index] ?? []);
}

async function encodeStart(
  source: MediaSource,
  span: TimeSpan,
  settings: EncoderSettings,
  framesPerKey: number,
  signal: AbortSignal,
): Promise<TrialEncode | null> {
  const encoder = new WebCodecsEncoder(settings);
  try {
    let frames = 0;
    for await (const { sample } of source.frames(span, signal)) {
      await encoder.encode(sample);
      if (++frames === framesPerPlace) break;
    }
    if (frames === 0) return null;
    const { packets } = await encoder.finish();
    const bits = packets.map(({ data }) => data.byteLength * 8);
    const deltas = bits.slice(1);
    return {
      framesPerKey,
      pixels: settings.width * settings.height,
      keyBits: bits[0] ?? 0,
      deltaBits: deltas.reduce((sum, each) => sum + each, 0) / Math.max(1, deltas.length),
    };
  } finally {
    encoder.close();
  }
}
