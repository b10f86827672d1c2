import { ClearReelError } from '../errors/clear-reel-error.ts';
import { untaggedBt709Lines } from '../frameops/yuv-matrix.ts';
import type { OutputCodec } from '../media/encoder.ts';
import type { ColourTags, VideoFacts } from '../media/facts.ts';
import { because } from '../notices/reasons.ts';
import type { JobSpec } from './job-spec.ts';

export interface ResultColour {
  readonly bitDepth: 8 | 10;
  readonly tags: ColourTags;
}

export const sdrTags: ColourTags = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
};

/** Codecs whose 10-bit pictures players show. */
const deepCodecs: readonly OutputCodec[] = ['hevc', 'vp9', 'av1'];

/**
 * Depth and colours of the result. `keepsDepth` says that the host decodes, enhances and encodes more than 8 bits;
 * then the source's own colours stay.
 * @throws ClearReelError `SOURCE_HDR`, `CODEC_HDR` for an HDR source that is to be kept and cannot be.
 */
export function resultColour(
  video: VideoFacts,
  { output: { codec, hdr } }: JobSpec,
  keepsDepth: boolean,
): ResultColour {
  const sdr = { bitDepth: 8, tags: sdrTags } as const;
  if (video.hdr && hdr === 'convert') return sdr;
  if (video.hdr && (hdr === 'refuse' || !keepsDepth)) {
    throw new ClearReelError('SOURCE_HDR', {
      option: 'output.hdr',
      transfer: video.colour.transfer ?? because('UNKNOWN_TRANSFER'),
    });
  }
  const isDeep = video.hdr || (video.bitDepth ?? 8) > 8;
  if (keepsDepth && isDeep && deepCodecs.includes(codec)) {
    return { bitDepth: 10, tags: ownTags(video) };
  }
  if (!video.hdr) return sdr;
  throw new ClearReelError('CODEC_HDR', {
    option: 'output.codec',
    codec,
    allowed: deepCodecs.join(', '),
  });
}

const writtenMatrices = new Set(['bt709', 'bt470bg', 'smpte170m', 'bt2020-ncl']);

/** The source's tags, and where it has none, those by which players show it. */
function ownTags({ colour, height }: VideoFacts): ColourTags {
  const usual = height >= untaggedBt709Lines ? 'bt709' : 'smpte170m';
  const { primaries, transfer, matrix } = colour;
  const written = primaries === 'bt2020' ? 'bt2020-ncl' : usual;
  return {
    primaries: primaries ?? usual,
    transfer: transfer ?? usual,
    matrix: matrix !== null && writtenMatrices.has(matrix) ? matrix : written,
    fullRange: false,
  };
}
