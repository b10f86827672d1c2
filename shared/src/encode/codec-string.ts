import type { OutputCodec } from '../media/encoder.ts';

/** [level as it stands in the codec string, largest luma picture in samples, most luma samples a second]. */
type Level = readonly [level: number, pictureSamples: number, samplesPerSecond: number];

/** ITU-T H.264 Table A-1, macroblocks × 256. */
const avcLevels: readonly Level[] = [
  [10, 99 * 256, 1485 * 256],
  [20, 396 * 256, 11880 * 256],
  [21, 792 * 256, 19800 * 256],
  [30, 1620 * 256, 40500 * 256],
  [31, 3600 * 256, 108000 * 256],
  [32, 5120 * 256, 216000 * 256],
  [40, 8192 * 256, 245760 * 256],
  [42, 8704 * 256, 522240 * 256],
  [50, 22080 * 256, 589824 * 256],
  [51, 36864 * 256, 983040 * 256],
  [52, 36864 * 256, 2073600 * 256],
  [60, 139264 * 256, 4177920 * 256],
  [61, 139264 * 256, 8355840 * 256],
  [62, 139264 * 256, 16711680 * 256],
];

/** ITU-T H.265 Table A.8. */
const hevcLevels: readonly Level[] = [
  [60, 122880, 3686400],
  [90, 552960, 16588800],
  [93, 983040, 33177600],
  [120, 2228224, 66846720],
  [123, 2228224, 133693440],
  [150, 8912896, 267386880],
  [153, 8912896, 534773760],
  [156, 8912896, 1069547520],
  [180, 35651584, 1069547520],
  [183, 35651584, 2139095040],
  [186, 35651584, 4278190080],
];

/** VP9 levels as the WebM project publishes them. */
const vp9Levels: readonly Level[] = [
  [10, 36864, 829440],
  [11, 73728, 2764800],
  [20, 122880, 4608000],
  [21, 245760, 9216000],
  [30, 552960, 20736000],
  [31, 983040, 36864000],
  [40, 2228224, 83558400],
  [41, 2228224, 160432128],
  [50, 8912896, 311951360],
  [51, 8912896, 588251136],
  [52, 8912896, 1176502272],
  [60, 35651584, 1176502272],
  [61, 35651584, 2353004544],
  [62, 35651584, 4706009088],
];

/** AV1 specification, Annex A.3: `seq_level_idx`. */
const av1Levels: readonly Level[] = [
  [0, 147456, 5529600],
  [1, 278784, 10454400],
  [4, 665856, 24969600],
  [5, 1065024, 39938400],
  [8, 2359296, 77856768],
  [9, 2359296, 155713536],
  [12, 8912896, 273715200],
  [13, 8912896, 547430400],
  [14, 8912896, 1094860800],
  [16, 35651584, 1176502272],
  [17, 35651584, 2189721600],
  [18, 35651584, 4379443200],
];

const twoDigits = (level: number) => String(level).padStart(2, '0');

type Depth = 8 | 10;

const codecs: Record<
  OutputCodec,
  { levels: readonly Level[]; text: (level: number, bits: Depth) => string }
> = {
  avc: {
    levels: avcLevels,
    text: (level, bits) =>
      `avc1.${bits === 10 ? '6e' : '64'}00${level.toString(16).padStart(2, '0')}`,
  },
  hevc: {
    levels: hevcLevels,
    text: (level, bits) => `hvc1.${bits === 10 ? '2.4' : '1.6'}.L${level}.B0`,
  },
  vp9: {
    levels: vp9Levels,
    text: (level, bits) => `vp09.0${bits === 10 ? 2 : 0}.${twoDigits(level)}.${twoDigits(bits)}`,
  },
  av1: {
    levels: av1Levels,
    text: (level, bits) => `av01.0.${twoDigits(level)}M.${twoDigits(bits)}`,
  },
};

/** RFC 6381 string of the lowest level that holds the picture size and rate; encoders refuse a level too low. */
export function codecString(
  codec: OutputCodec,
  size: { readonly width: number; readonly height: number },
  framesPerSecond: number,
  bitDepth: Depth = 8,
): string {
  const blockPx = codec === 'avc' ? 16 : 1;
  const padded = (px: number) => Math.ceil(px / blockPx) * blockPx;
  const samples = padded(size.width) * padded(size.height);
  const { levels, text } = codecs[codec];
  const level =
    levels.find(([, picture, rate]) => samples <= picture && samples * framesPerSecond <= rate) ??
    levels.at(-1);
  return text(level?.[0] ?? 0, bitDepth);
}
