import { untaggedBt709Lines } from '@clearreel/shared/frameops/yuv-matrix';
import type { AudioFacts, ColourTags, VideoFacts } from '@clearreel/shared/media/facts';
import type { IndexedPacket } from '@clearreel/shared/media/source';
import { frameRates } from '@clearreel/shared/media/video-facts';
import { type ProbedFile, type ProbedStream, ratio } from './probe-json.ts';
import { isRgb, type RawVideo } from './raw-video.ts';

const containers: Readonly<Record<string, string>> = {
  mpegts: 'ts',
  asf: 'wmv',
  matroska: 'mkv',
  mov: 'mov',
};

/** ffmpeg lists every name of a demuxer; the first one is the one people know, with a few exceptions. */
export function containerOf({ format }: ProbedFile): string {
  const first = format.format_name.split(',')[0] ?? format.format_name;
  return containers[first] ?? first;
}

const codecNames: Readonly<Record<string, string>> = { h264: 'avc', mpeg2video: 'mpeg2' };

/** ffmpeg's names that WebCodecs spells in another way. */
const transferNames: Readonly<Record<string, string>> = { smpte2084: 'pq', 'arib-std-b67': 'hlg' };
const matrixNames: Readonly<Record<string, string>> = { bt2020nc: 'bt2020-ncl', gbr: 'rgb' };

const known = (name: string | undefined, names: Readonly<Record<string, string>> = {}) =>
  name === undefined || name === 'unknown' || name === 'reserved' ? null : (names[name] ?? name);

function colourOf(stream: ProbedStream): ColourTags {
  const range = known(stream.color_range);
  return {
    primaries: known(stream.color_primaries),
    transfer: known(stream.color_transfer, transferNames),
    matrix: known(stream.color_space, matrixNames),
    fullRange: range === null ? null : range === 'pc',
  };
}

const bitDepthOf = ({ pix_fmt = '', bits_per_raw_sample }: ProbedStream): number =>
  Number(/(?:p|gray|x2rgb)(9|10|12|14|16)(?:le|be)$/.exec(pix_fmt)?.[1]) ||
  Number(bits_per_raw_sample) ||
  8;

const hasAlpha = ({ pix_fmt = '' }: ProbedStream) =>
  /^(yuva|rgba|bgra|argb|abgr|gbrap|ya)/.test(pix_fmt);

/** Rotation and mirroring from ffprobe's print of the display matrix: rows of an offset and three integers. */
function orientationOf(stream: ProbedStream): Pick<VideoFacts, 'rotation' | 'flip'> {
  const text = stream.side_data_list?.find((each) => each.displaymatrix)?.displaymatrix ?? '';
  const rows = text.trim().split('\n');
  const [[a = 1, b = 0] = [], [c = 0, d = 1] = []] = rows.map((row) =>
    (row.split(':')[1] ?? '').trim().split(/\s+/).filter(Boolean).map(Number),
  );
  const flip = a * d - b * c < 0;
  const turn = flip ? Math.atan2(-b, -a) : Math.atan2(b, a);
  const degrees = (Math.round((turn * 180) / Math.PI / 90) * 90 + 360) % 360;
  return { rotation: degrees as VideoFacts['rotation'], flip };
}

const languageOf = ({ tags }: ProbedStream) => tags?.language ?? 'und';
const nameOf = ({ tags }: ProbedStream) => tags?.title ?? null;

export function videoFactsOf(stream: ProbedStream, index: readonly IndexedPacket[]): VideoFacts {
  const rates = frameRates(index);
  const colour = colourOf(stream);
  const base = ratio(stream.time_base);
  return {
    codec: codecNames[stream.codec_name ?? ''] ?? stream.codec_name ?? 'unknown',
    width: stream.width ?? 0,
    height: stream.height ?? 0,
    ...orientationOf(stream),
    pixelAspect: ratio(stream.sample_aspect_ratio) ?? { num: 1, den: 1 },
    colour,
    hdr: colour.transfer === 'pq' || colour.transfer === 'hlg',
    bitDepth: bitDepthOf(stream),
    hasAlpha: hasAlpha(stream),
    languageCode: languageOf(stream),
    name: nameOf(stream),
    ...(base === null ? {} : { ticksPerSecond: base.den / base.num }),
    averageFrameRate: rates.average,
    constantFrameRate: rates.constant,
  };
}

export function audioFactsOf(stream: ProbedStream): AudioFacts {
  return {
    codec: stream.codec_name ?? null,
    channels: stream.channels ?? 0,
    sampleRateHz: Number(stream.sample_rate ?? 0),
    languageCode: languageOf(stream),
    name: nameOf(stream),
  };
}

export function rawVideoOf(stream: ProbedStream, demuxer: string): RawVideo {
  return {
    streamIndex: stream.index,
    width: stream.width ?? 0,
    height: stream.height ?? 0,
    pixelFormat: stream.pix_fmt ?? 'yuv420p',
    isFullRange: stream.color_range === 'pc',
    timeBase: ratio(stream.time_base) ?? { num: 1, den: 1000 },
    demuxer,
  };
}

/**
 * Colour space of the I420 frames. Files that say nothing are taken as players take them: BT.601 up to
 * 719 lines, BT.709 above; the facts keep `null`.
 */
export function frameColour(
  colour: ColourTags,
  height: number,
  pixelFormat: string,
): VideoColorSpaceInit {
  if (isRgb(pixelFormat)) {
    return { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
  }
  const usual = height >= untaggedBt709Lines ? 'bt709' : 'smpte170m';
  return {
    primaries: (colour.primaries ?? usual) as VideoColorPrimaries,
    transfer: (colour.transfer ?? usual) as VideoTransferCharacteristics,
    matrix: (colour.matrix ?? usual) as VideoMatrixCoefficients,
    fullRange: colour.fullRange ?? pixelFormat.startsWith('yuvj'),
  };
}
