import { withoutGuess, type YuvMatrix, yuvMatrix } from '@clearreel/shared/frameops/yuv-matrix';
import type { VideoSample } from 'mediabunny';

type Rows = readonly number[];

/** What puts right the R′G′B′ that the browser made of a frame; matrices by rows. */
export interface BrowserUndo {
  /** From BT.709's linear light to that of the frame's primaries; `null` where the browser moved nothing. */
  readonly primaries: Rows | null;
  /** From the browser's R′G′B′ to the right one; the identity where both take the same matrix. */
  readonly matrix: Rows;
}

const identity: Rows = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** For frames that the browser converts as we would. */
export const nothing: BrowserUndo = { primaries: null, matrix: identity };

/** From the chromaticities in ITU-T H.273, table 2; the white is D65 in all of them. */
const fromBt709: Readonly<Record<string, Rows | null>> = {
  bt709: null,
  smpte170m: [
    1.065379, -0.055401, -0.009978, -0.019633, 1.036363, -0.016731, 0.001632, 0.004412, 0.993956,
  ],
  bt470bg: [0.957815, 0.042185, 0, 0, 1, 0, 0, -0.011934, 1.011934],
};

/** How a colour converted with `from` looks when it is converted with `to`, of the same range. */
function converted(from: YuvMatrix, to: YuvMatrix, red: number, green: number, blue: number): Rows {
  const fromBlue = from.greenFromU / from.blueFromU;
  const fromRed = from.greenFromV / from.redFromV;
  const y = (green - fromBlue * blue - fromRed * red) / (1 - fromBlue - fromRed);
  const u = (blue - y) / from.blueFromU;
  const v = (red - y) / from.redFromV;
  return [y + to.redFromV * v, y + to.greenFromU * u + to.greenFromV * v, y + to.blueFromU * u];
}

function matrixChange(from: YuvMatrix, to: YuvMatrix): Rows {
  const columns = [
    converted(from, to, 1, 0, 0),
    converted(from, to, 0, 1, 0),
    converted(from, to, 0, 0, 1),
  ];
  return identity.map((_, i) => columns[i % 3]?.[Math.floor(i / 3)] as number);
}

/**
 * How to put right what `importExternalTexture` makes of a sample, or `null` if that cannot be known: a tag
 * without a name in WebCodecs (such as gamma 2.8) is `null` to us, while the browser converts by it.
 */
export function browserUndo(sample: VideoSample, isUntagged: boolean): BrowserUndo | null {
  const { height } = sample.visibleRect;
  const { primaries, transfer, matrix } = sample.colorSpace;
  if (primaries === null || transfer === null || matrix === null) return null;
  const browsers = yuvMatrix(sample.colorSpace, height);
  const right = yuvMatrix(withoutGuess(sample.colorSpace, isUntagged), height);
  const fromLinear = fromBt709[primaries];
  if (browsers === null || right === null || fromLinear === undefined) return null;
  const isSameMatrix = browsers.redFromV === right.redFromV;
  if (fromLinear === null && isSameMatrix) return nothing;
  return {
    primaries: fromLinear,
    matrix: isSameMatrix ? identity : matrixChange(browsers, right),
  };
}

/** Rows of three factors in 1/65536, each padded to four as WGSL lays them out. */
const rowParams = (rows: Rows) =>
  [0, 3, 6].flatMap((at) => [
    ...rows.slice(at, at + 3).map((factor) => Math.round(factor * 65536)),
    0,
  ]);

/** The undoing as the kernel's parameters, after the picture's width and height. */
export const undoParams = ({ primaries, matrix }: BrowserUndo): readonly number[] => [
  primaries === null ? 0 : 1,
  0,
  ...rowParams(primaries ?? identity),
  ...rowParams(matrix),
];
