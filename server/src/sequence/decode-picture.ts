import { maxSourcePixels } from '@clearreel/shared/media/video-facts';
import { choice } from '@clearreel/shared/notices/notice';
import type { ImageKind } from '@clearreel/shared/sequence/image-kind';
import type { PictureDecoder } from '@clearreel/shared/sequence/picture-decoder';
import { VideoSample } from 'mediabunny';
import sharp, { type Sharp, type SharpOptions } from 'sharp';

const srgb = {
  primaries: 'bt709',
  transfer: 'iec61966-2-1',
  matrix: 'rgb',
  fullRange: true,
} as const;

/** Browsers show none of a picture that is cut short, and all of one that is only oddly labelled. */
const reading: SharpOptions = { failOn: 'error', limitInputPixels: maxSourcePixels };

/** libvips, as sharp brings it. Frames are in sRGB. */
export const sharpPictures: PictureDecoder = {
  async decode(bytes, kind) {
    const { data, info } = await (await upright(bytes, kind))
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return new VideoSample(data, {
      ...{ format: 'RGBA', codedWidth: info.width, codedHeight: info.height },
      ...{ timestamp: 0, colorSpace: srgb },
    });
  },
  choice: (codec) => choice('sharp', 'DECODER_SHARP', { codec }),
};

/**
 * Turned and converted to sRGB where browsers do so: they give the Y′CbCr of an upright JPEG whatever profile it has,
 * and do not look for a turn in WebP.
 */
async function upright(bytes: Uint8Array, kind: ImageKind): Promise<Sharp> {
  if (kind === 'webp') return sharp(bytes, reading);
  const { orientation = 1 } = await sharp(bytes, reading).metadata();
  const ignoreIcc = kind === 'jpeg' && orientation === 1;
  return sharp(bytes, { ...reading, ignoreIcc }).autoOrient();
}
