import type { Chromaticity, HdrMetadata } from '@clearreel/shared/media/facts';
import { chromaticitySteps, luminanceSteps } from '../media/st2086.ts';

/** Units of SMPTE ST 2086 in HEVC (ITU-T H.265 §D.3.28), which x265 takes as they are; SVT-AV1 takes plain numbers. */
const units = {
  hevc: { chromaticity: chromaticitySteps, luminance: luminanceSteps },
  av1: { chromaticity: 1, luminance: 1 },
} as const;

const names = {
  hevc: { display: 'master-display', light: 'max-cll' },
  av1: { display: 'mastering-display', light: 'content-light' },
} as const;

/** Static metadata as parameters of x265 and SVT-AV1. */
export function hdrParameters(
  codec: keyof typeof units,
  { masteringDisplay, contentLight }: HdrMetadata,
): string[] {
  const unit = units[codec];
  const scaled = (value: number, by: number) => (by === 1 ? value : Math.round(value * by));
  const point = ([x, y]: Chromaticity) =>
    `(${scaled(x, unit.chromaticity)},${scaled(y, unit.chromaticity)})`;
  const parameters: string[] = [];
  if (masteringDisplay) {
    const { red, green, blue, whitePoint, minLuminance, maxLuminance } = masteringDisplay;
    const light = `(${scaled(maxLuminance, unit.luminance)},${scaled(minLuminance, unit.luminance)})`;
    const display = `G${point(green)}B${point(blue)}R${point(red)}WP${point(whitePoint)}L${light}`;
    parameters.push(`${names[codec].display}=${display}`);
  }
  if (contentLight) {
    parameters.push(`${names[codec].light}=${contentLight.maxCll},${contentLight.maxFall}`);
  }
  return parameters;
}
