// Placeholder until the real one lands (overwrite freely).
import type { EncoderSettings, SegmentEncoder } from '@clearreel/shared/media/encoder';
export const ffmpegEncoderSupports = (_codec: string): boolean => false;
export class FfmpegEncoder implements SegmentEncoder {
  constructor(_settings: EncoderSettings) {}
  encode = async () => {};
  finish = async () => {
    throw new Error('placeholder');
  };
  close() {}
}
