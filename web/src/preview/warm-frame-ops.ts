import { i420Values } from '@clearreel/shared/frameops/rgb-to-yuv';
import { TypedArrayFrameOps } from '@clearreel/shared/frameops/typed-array';
import { VideoSample } from 'mediabunny';
import { newMessages } from './new-messages.ts';

const size = { width: 512, height: 288 };
const whole = { x: 0, y: 0, ...size };

/** After these the browser has compiled the loops over pixels for speed. */
const rounds = 12;

/** Every value that a byte can have, so that no branch is new to the first real frame. */
function anyFrame(): VideoSample {
  const data = Uint8Array.from({ length: i420Values(size.width, size.height) }, (_, i) => i * 37);
  return new VideoSample(data, {
    ...{ format: 'I420', codedWidth: size.width, codedHeight: size.height, timestamp: 0 },
  });
}

/**
 * Runs the frame operations over typed arrays until they are fast. Slow they take ten times as long, and on the first
 * frame, where the model keeps all cores busy, they stay slow for its first tiles.
 */
export async function warmFrameOps(): Promise<void> {
  const ops = new TypedArrayFrameOps();
  const frame = anyFrame();
  try {
    for (let round = 0; round < rounds; round++) {
      const source = await ops.load(frame);
      const tile = ops.cut(source, whole);
      const picture = ops.createPicture(size);
      ops.paste(tile, whole, picture, 0, 0);
      const part = ops.crop(picture, whole);
      (await ops.toSample(part, 0, 0)).close();
      ops.releaseSource(source);
      ops.releaseTile(tile);
      for (const made of [picture, part]) ops.releasePicture(made);
      await newMessages();
    }
  } finally {
    frame.close();
    ops.dispose();
  }
}
