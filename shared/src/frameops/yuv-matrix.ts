/** A picture without a matrix tag is taken as BT.709 from so many lines on, and as BT.601 below, as players do. */
export const untaggedBt709Lines = 720;

/** Weights of R and B in luma; G has the rest (ITU-T H.273, table 4). */
export interface LumaWeights {
  readonly kr: number;
  readonly kb: number;
}

const bt601: LumaWeights = { kr: 0.299, kb: 0.114 };
export const bt709: LumaWeights = { kr: 0.2126, kb: 0.0722 };

const weightsByTag: Readonly<Record<string, LumaWeights>> = {
  bt709,
  bt470bg: bt601,
  smpte170m: bt601,
};

const bt2020: LumaWeights = { kr: 0.2627, kb: 0.0593 };

/** Weights of a tagged matrix, the wide ones too; of another tag, or none, those that players take. */
export function lumaWeights({ matrix, primaries }: MatrixTags, heightPixels: number): LumaWeights {
  if (matrix === 'bt2020-ncl') return bt2020;
  const tagged = matrix == null ? undefined : weightsByTag[matrix];
  if (tagged) return tagged;
  if (primaries === 'bt2020') return bt2020;
  return heightPixels >= untaggedBt709Lines ? bt709 : bt601;
}

/**
 * Primaries taken as BT.709's. SMPTE-C and EBU phosphors differ from them by less than what players agree on,
 * and FFmpeg and browsers' canvases leave them alone as well.
 */
const nearPrimaries = new Set([undefined, null, 'bt709', 'smpte170m', 'bt470bg']);

const gammaTransfers = new Set([undefined, null, 'bt709', 'smpte170m', 'iec61966-2-1']);

export interface MatrixTags {
  readonly primaries?: string | null | undefined;
  readonly transfer?: string | null | undefined;
  readonly matrix?: string | null | undefined;
  readonly fullRange?: boolean | null | undefined;
}

/** The tags to go by: what a decoder says of a source that says nothing is a guess, unless it is not the usual one. */
export const withoutGuess = (tags: MatrixTags, isUntagged: boolean): MatrixTags =>
  isUntagged && tags.matrix === 'bt709' ? { fullRange: tags.fullRange, matrix: null } : tags;

/** How 8-bit Y′CbCr becomes R′G′B′: `rgb = ySlope · (Y − yZero) + …` of the chroma values around 128. */
export interface YuvMatrix {
  readonly yZero: number;
  readonly ySlope: number;
  readonly redFromV: number;
  readonly greenFromU: number;
  readonly greenFromV: number;
  readonly blueFromU: number;
}

/**
 * Matrix for a picture's tags (ITU-R BT.601-7, BT.709-6), scaled so that RGB is 0..255. A picture without a
 * matrix tag is taken as BT.709 from 720 lines on and as BT.601 below; without a range tag as limited.
 * `null` for pictures that need more than a matrix (other primaries, linear light, HDR).
 */
export function yuvMatrix(tags: MatrixTags, heightPixels: number): YuvMatrix | null {
  if (!nearPrimaries.has(tags.primaries) || !gammaTransfers.has(tags.transfer)) return null;
  const weights =
    tags.matrix == null
      ? heightPixels >= untaggedBt709Lines
        ? bt709
        : bt601
      : weightsByTag[tags.matrix];
  if (weights === undefined) return null;
  const full = tags.fullRange === true;
  const { kr, kb } = weights;
  const kg = 1 - kr - kb;
  const chroma = full ? 1 : 255 / 224;
  return {
    yZero: full ? 0 : 16,
    ySlope: full ? 1 : 255 / 219,
    redFromV: 2 * (1 - kr) * chroma,
    greenFromU: (-2 * kb * (1 - kb) * chroma) / kg,
    greenFromV: (-2 * kr * (1 - kr) * chroma) / kg,
    blueFromU: 2 * (1 - kb) * chroma,
  };
}
