import { choice } from '@clearreel/shared/notices/notice';
import type { ImageKind } from '@clearreel/shared/sequence/image-kind';
import type { PictureDecoder } from '@clearreel/shared/sequence/picture-decoder';
import { VideoSample } from 'mediabunny';

/** The browser's own decoders. Frames are in sRGB, or in a JPEG's or WebP's own Y′CbCr. */
export const browserPictures: PictureDecoder = {
  decode: async (bytes, kind) => new VideoSample(await decodeImage(bytes, kind), { timestamp: 0 }),
  choice: (codec) => choice('webcodecs', 'DECODER_PICTURES', { codec }),
};

async function decodeImage(data: Uint8Array<ArrayBuffer>, kind: ImageKind): Promise<VideoFrame> {
  const type = `image/${kind}`;
  if (!('ImageDecoder' in globalThis)) {
    const bitmap = await createImageBitmap(new Blob([data], { type }));
    return flattened(bitmap, bitmap);
  }
  const decoder = new ImageDecoder({ data, type });
  try {
    const { image: frame } = await decoder.decode();
    if (isUpright(frame) && !frame.format?.endsWith('A')) return frame;
    return flattened(frame, { width: frame.displayWidth, height: frame.displayHeight });
  } finally {
    decoder.close();
  }
}

/** The turn by EXIF, which TypeScript's library does not know yet. */
type TurnedFrame = VideoFrame & { readonly rotation?: number; readonly flip?: boolean };

const isUpright = ({ rotation = 0, flip = false }: TurnedFrame) => rotation === 0 && !flip;

/** Drawn upright onto black; closes what it draws. */
function flattened(
  picture: VideoFrame | ImageBitmap,
  { width, height }: { width: number; height: number },
): VideoFrame {
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new Error('no canvas of this size');
    context.drawImage(picture, 0, 0);
    return new VideoFrame(canvas, { timestamp: 0, alpha: 'discard' });
  } finally {
    picture.close();
  }
}
