import type { YuvMatrix } from '@clearreel/shared/frameops/yuv-matrix';

/** A green that every matrix and range converts without clipping, and that moved primaries change much. */
const [probeY, probeU, probeV] = [132, 111, 81];

const toleranceOf255 = 2;

/** 2×2 pixels of one colour, NV12, with the given tags. */
export const probeFrame = (colorSpace: VideoColorSpaceInit): VideoFrame =>
  new VideoFrame(Uint8Array.of(probeY, probeY, probeY, probeY, probeU, probeV), {
    ...{ format: 'NV12', codedWidth: 2, codedHeight: 2, timestamp: 0, colorSpace },
  });

/** Whether a packed pixel of the probe has the colour that `matrix` gives it. */
export function isProbeRight(pixel: number, matrix: YuvMatrix): boolean {
  const y = matrix.ySlope * (probeY - matrix.yZero);
  const [u, v] = [probeU - 128, probeV - 128];
  const rgb = [
    y + matrix.redFromV * v,
    y + matrix.greenFromU * u + matrix.greenFromV * v,
    y + matrix.blueFromU * u,
  ];
  return rgb.every((value, i) => Math.abs(((pixel >> (8 * i)) & 255) - value) <= toleranceOf255);
}
