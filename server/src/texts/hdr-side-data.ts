import type { HdrMetadata } from '@clearreel/shared/media/facts';
import {
  AV_PKT_DATA_CONTENT_LIGHT_LEVEL,
  AV_PKT_DATA_MASTERING_DISPLAY_METADATA,
  type CodecParameters,
} from 'node-av';
import { chromaticitySteps, luminanceSteps } from '../media/st2086.ts';

/** Has FFmpeg's muxers write what HDR displays are told, in the memory of its structures. */
export function addHdrSideData(
  parameters: CodecParameters,
  { masteringDisplay, contentLight }: HdrMetadata,
): void {
  if (masteringDisplay) {
    const { red, green, blue, whitePoint, minLuminance, maxLuminance } = masteringDisplay;
    const data = Buffer.alloc(88);
    const rational = (position: number, value: number, unit: number) => {
      data.writeInt32LE(Math.round(value * unit), 8 * position);
      data.writeInt32LE(unit, 8 * position + 4);
    };
    for (const [position, value] of [...red, ...green, ...blue, ...whitePoint].entries()) {
      rational(position, value, chromaticitySteps);
    }
    rational(8, minLuminance, luminanceSteps);
    rational(9, maxLuminance, luminanceSteps);
    data.writeInt32LE(1, 80);
    data.writeInt32LE(1, 84);
    parameters.addCodedSideData(AV_PKT_DATA_MASTERING_DISPLAY_METADATA, data);
  }
  if (contentLight) {
    const data = Buffer.alloc(8);
    data.writeUInt32LE(contentLight.maxCll, 0);
    data.writeUInt32LE(contentLight.maxFall, 4);
    parameters.addCodedSideData(AV_PKT_DATA_CONTENT_LIGHT_LEVEL, data);
  }
}
