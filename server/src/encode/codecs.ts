import type { EncoderSettings, OutputCodec } from '@clearreel/shared/media/encoder';
import {
  FF_ENCODER_LIBSVTAV1,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
  type FFVideoEncoder,
} from 'node-av';
import { hdrParameters } from './hdr-parameters.ts';

interface EncoderKind {
  readonly name: FFVideoEncoder;
  /** SVT-AV1 never ends on pictures of 16×16. */
  readonly leastPx: number;
  /** libvpx and SVT-AV1 take whole numbers only. */
  readonly hasWholeRates: boolean;
  /** Constant rate factors of quality 0 and 100; between them lie the others in a line. */
  readonly rates: { readonly worst: number; readonly best: number };
  readonly options: Readonly<Record<string, string>>;
}

/** One key frame, none that is shown before one that is stored earlier, and the same headers for the same settings. */
const x26x = 'scenecut=0:bframes=0:open-gop=0:rc-lookahead=20';

/** docs/decisions/0096: how the presets and rates were chosen. */
export const encoderKinds: Readonly<Record<OutputCodec, EncoderKind>> = {
  avc: {
    name: FF_ENCODER_LIBX264,
    leastPx: 16,
    hasWholeRates: false,
    rates: { worst: 37.4, best: 14.8 },
    options: { preset: 'fast', 'x264-params': `keyint=infinite:annexb=0:${x26x}` },
  },
  hevc: {
    name: FF_ENCODER_LIBX265,
    leastPx: 16,
    hasWholeRates: false,
    rates: { worst: 40.7, best: 16.8 },
    options: { preset: 'fast', 'x265-params': `keyint=-1:info=0:log-level=error:${x26x}` },
  },
  vp9: {
    name: FF_ENCODER_LIBVPX_VP9,
    leastPx: 16,
    hasWholeRates: true,
    rates: { worst: 63.3, best: 15.8 },
    options: {
      b: '0',
      deadline: 'good',
      'cpu-used': '4',
      'row-mt': '1',
      'auto-alt-ref': '1',
      'lag-in-frames': '12',
    },
  },
  av1: {
    name: FF_ENCODER_LIBSVTAV1,
    leastPx: 32,
    hasWholeRates: true,
    rates: { worst: 64.5, best: 10.5 },
    options: { preset: '8', 'svtav1-params': 'keyint=-1:scd=0:aq-mode=0' },
  },
};

export function encoderOptions(settings: EncoderSettings): Readonly<Record<string, string>> {
  const { codec, rate } = settings;
  const options = { ...encoderKinds[codec].options, ...hdrOptions(settings) };
  if (rate.mode === 'bitrate') return { ...options, b: String(rate.bitsPerSecond) };
  return { ...options, crf: String(rate.quantizer) };
}

/** x265 and SVT-AV1 write HDR's static metadata; the others have no place for it. */
function hdrOptions({ codec, hdrMetadata }: EncoderSettings): Record<string, string> {
  if (!hdrMetadata || (codec !== 'hevc' && codec !== 'av1')) return {};
  const name = codec === 'hevc' ? 'x265-params' : 'svtav1-params';
  const parameters = [encoderKinds[codec].options[name], ...hdrParameters(codec, hdrMetadata)];
  return { [name]: parameters.join(':') };
}

const coarsest = 63;

/** The constant rate factor of a quality of 0..100: about the same picture with each codec, and in browsers. */
export function rateFor(codec: OutputCodec, quality: number): EncoderSettings['rate'] {
  const { rates, hasWholeRates } = encoderKinds[codec];
  const factor = rates.worst + ((rates.best - rates.worst) * quality) / 100;
  const step = hasWholeRates ? 1 : 10;
  return { mode: 'quantizer', quantizer: Math.min(coarsest, Math.round(factor * step) / step) };
}
