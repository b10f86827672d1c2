import type { ColourTags } from '@clearreel/shared/media/facts';
import {
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_RANGE_UNSPECIFIED,
  type AVColorPrimaries,
  type AVColorRange,
  type AVColorSpace,
  type AVColorTransferCharacteristic,
} from 'node-av';

/**
 * Code points of ITU-T H.273 under the names that WebCodecs has, or FFmpeg where WebCodecs has none. FFmpeg's
 * constants are these code points.
 */
const primaries = new Map([
  [1, 'bt709'],
  [4, 'bt470m'],
  [5, 'bt470bg'],
  [6, 'smpte170m'],
  [7, 'smpte240m'],
  [8, 'film'],
  [9, 'bt2020'],
  [10, 'smpte428'],
  [11, 'smpte431'],
  [12, 'smpte432'],
  [22, 'ebu3213'],
]);

const transfers = new Map([
  [1, 'bt709'],
  [4, 'bt470m'],
  [5, 'bt470bg'],
  [6, 'smpte170m'],
  [7, 'smpte240m'],
  [8, 'linear'],
  [9, 'log100'],
  [10, 'log316'],
  [11, 'iec61966-2-4'],
  [12, 'bt1361e'],
  [13, 'iec61966-2-1'],
  [14, 'bt2020-10'],
  [15, 'bt2020-12'],
  [16, 'pq'],
  [17, 'smpte428'],
  [18, 'hlg'],
]);

const matrices = new Map([
  [0, 'rgb'],
  [1, 'bt709'],
  [4, 'fcc'],
  [5, 'bt470bg'],
  [6, 'smpte170m'],
  [7, 'smpte240m'],
  [8, 'ycgco'],
  [9, 'bt2020-ncl'],
  [10, 'bt2020-cl'],
  [14, 'ictcp'],
]);

const unspecified = 2;

const codeOf = (names: ReadonlyMap<number, string>, wanted: string | null | undefined): number => {
  for (const [code, name] of names) if (name === wanted) return code;
  return unspecified;
};

/** The colour fields that FFmpeg's frames, codec parameters and contexts have in common. */
export interface AvColour {
  readonly colorPrimaries: AVColorPrimaries;
  readonly colorTrc: AVColorTransferCharacteristic;
  readonly colorSpace: AVColorSpace;
  readonly colorRange: AVColorRange;
}

type Tags = { readonly [K in keyof ColourTags]?: ColourTags[K] | undefined };

export const avColour = (tags: Tags): AvColour => ({
  colorPrimaries: codeOf(primaries, tags.primaries) as AVColorPrimaries,
  colorTrc: codeOf(transfers, tags.transfer) as AVColorTransferCharacteristic,
  colorSpace: codeOf(matrices, tags.matrix) as AVColorSpace,
  colorRange:
    tags.fullRange == null
      ? AVCOL_RANGE_UNSPECIFIED
      : tags.fullRange
        ? AVCOL_RANGE_JPEG
        : AVCOL_RANGE_MPEG,
});

export const colourTags = (colour: AvColour): ColourTags => ({
  primaries: primaries.get(colour.colorPrimaries) ?? null,
  transfer: transfers.get(colour.colorTrc) ?? null,
  matrix: matrices.get(colour.colorSpace) ?? null,
  fullRange:
    colour.colorRange === AVCOL_RANGE_UNSPECIFIED ? null : colour.colorRange === AVCOL_RANGE_JPEG,
});
