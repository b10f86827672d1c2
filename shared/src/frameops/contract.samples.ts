import { VideoSample } from 'mediabunny';
import type { Size } from './contract.ts';

export type Yuv = readonly [y: number, u: number, v: number];

export interface SampleColour {
  readonly primaries: 'bt709' | 'smpte170m' | 'bt470bg';
  readonly transfer: 'bt709' | 'smpte170m' | 'iec61966-2-1';
  readonly matrix: 'bt709' | 'smpte170m' | 'bt470bg';
  readonly fullRange: boolean;
}

export const bt709: SampleColour = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
};

export const bt601: SampleColour = {
  primaries: 'smpte170m',
  transfer: 'smpte170m',
  matrix: 'smpte170m',
  fullRange: false,
};

export interface SampleOptions {
  readonly colour?: SampleColour;
  readonly format?: 'I420' | 'NV12';
  /** Width the picture is shown with; another than its own means pixels that are not square. */
  readonly displayWidth?: number;
}

/** A 4:2:0 sample of the colour at each pixel; chroma is taken at the left top pixel of each 2×2 box. */
export function makeSample(
  { width, height }: Size,
  at: (x: number, y: number) => Yuv,
  { colour = bt709, format = 'I420', displayWidth = width }: SampleOptions = {},
): VideoSample {
  const chromaWidth = (width + 1) >> 1;
  const chromaHeight = (height + 1) >> 1;
  const bytes = new Uint8Array(width * height + 2 * chromaWidth * chromaHeight);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) bytes[y * width + x] = at(x, y)[0];
  }
  for (let y = 0; y < chromaHeight; y++) {
    for (let x = 0; x < chromaWidth; x++) {
      const [, u, v] = at(2 * x, 2 * y);
      const index = y * chromaWidth + x;
      const planar = width * height + index;
      const interleaved = width * height + 2 * index;
      bytes[format === 'I420' ? planar : interleaved] = u;
      bytes[format === 'I420' ? planar + chromaWidth * chromaHeight : interleaved + 1] = v;
    }
  }
  return new VideoSample(bytes, {
    format,
    codedWidth: width,
    codedHeight: height,
    displayWidth,
    displayHeight: height,
    timestamp: 0,
    duration: 0.04,
    colorSpace: colour,
  });
}

/** Smooth in luma and chroma, with values from near black to near white. */
export const smooth = (x: number, y: number): Yuv => [
  Math.min(235, 24 + 5 * x + 2 * y),
  100 + x + y,
  150 - x - 2 * (y >> 1),
];

/** Every pixel another luma, in no order; chroma around grey. */
export const busy = (x: number, y: number): Yuv => [
  16 + ((x * 73 + y * 151 + x * y * 7) % 220),
  108 + ((x * 5 + y * 3) % 40),
  108 + ((x * 3 + y * 11) % 40),
];

/** Boxes of 2×2 pixels with all mixtures of four levels, as BT.601. */
const mixtures =
  (levels: readonly [number, number, number, number]) =>
  (x: number, y: number): Yuv => {
    const index = (x >> 1) + 12 * (y >> 1);
    const level = (shift: number) => levels[((index >> shift) & 3) as 0 | 1 | 2 | 3];
    const [r, g, b] = [level(0), level(2), level(4)];
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    const [u, v] = [(b - luma) / 1.772, (r - luma) / 1.402];
    return [Math.round(16 + 219 * luma), Math.round(128 + 224 * u), Math.round(128 + 224 * v)];
  };

/** Colours that BT.601 and BT.709 both convert without clipping. */
export const mild = mixtures([0.25, 0.4, 0.55, 0.75]);

/** Colours up to the edges of the RGB cube, as BT.601. */
export const cube = mixtures([0, 0.25, 0.75, 1]);

export interface Bar {
  readonly name: string;
  readonly yuv: Yuv;
  readonly rgb: readonly [number, number, number];
}

const rgb75 = {
  grey: [191, 191, 191],
  yellow: [191, 191, 0],
  cyan: [0, 191, 191],
  green: [0, 191, 0],
  magenta: [191, 0, 191],
  red: [191, 0, 0],
  blue: [0, 0, 191],
} as const;

const bars = (values: Record<keyof typeof rgb75, Yuv>): readonly Bar[] =>
  Object.entries(values).map(([name, yuv]) => ({
    name,
    yuv,
    rgb: rgb75[name as keyof typeof rgb75],
  }));

/** Published 8-bit values of 75 % colour bars (SMPTE RP 219; EBU Tech 3325). */
export const bars709 = bars({
  grey: [180, 128, 128],
  yellow: [168, 44, 136],
  cyan: [145, 147, 44],
  green: [133, 63, 52],
  magenta: [63, 193, 204],
  red: [51, 109, 212],
  blue: [28, 212, 120],
});

/** The same for BT.601 (EBU Tech 3325; Jack, "Video Demystified"). */
export const bars601 = bars({
  grey: [180, 128, 128],
  yellow: [162, 44, 142],
  cyan: [131, 156, 44],
  green: [112, 72, 58],
  magenta: [84, 184, 198],
  red: [65, 100, 212],
  blue: [35, 212, 114],
});
