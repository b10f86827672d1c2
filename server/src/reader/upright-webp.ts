import type { Size } from '@clearreel/shared/frameops/contract';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import type { VideoFacts } from '@clearreel/shared/media/facts';
import { uprightSize } from '@clearreel/shared/media/upright-size';
import type { VideoSample } from 'mediabunny';
import sharp from 'sharp';

interface WebpWish {
  /** Of the picture as one sees it. */
  readonly size: Size;
  readonly quality: number;
  /** Colour in half the resolution blurs edges; good where the picture is looked at closely. */
  readonly keepsEdges?: boolean;
}

/** A frame as a picture as one sees it: in these colours, turned, mirrored. The sample stays the caller's. */
export async function uprightWebp(
  sample: VideoSample,
  isUntagged: boolean,
  orientation: Pick<VideoFacts, 'rotation' | 'flip'>,
  { size, quality, keepsEdges = false }: WebpWish,
): Promise<Uint8Array> {
  const lying = uprightSize(size, orientation);
  const ops = new TypedArrayFrameOps();
  try {
    const { width, height, rgba } = await ops.load(sample, isUntagged);
    const sized = await sharp(Buffer.from(rgba.buffer, rgba.byteOffset, width * height * 4), {
      raw: { width, height, channels: 4 },
    })
      .removeAlpha()
      .resize({ ...lying, fit: 'fill' })
      .raw()
      .toBuffer();
    const turned = await sharp(sized, { raw: { ...lying, channels: 3 } })
      .rotate(orientation.rotation)
      .raw()
      .toBuffer({ resolveWithObject: true });
    // Mirrored after it was turned, in a step of its own: sharp has an order of its own within one.
    return await sharp(turned.data, { raw: turned.info })
      .flop(orientation.flip)
      .webp({ quality, smartSubsample: keepsEdges })
      .toBuffer();
  } finally {
    ops.dispose();
  }
}
