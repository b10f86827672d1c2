import type { EnhancedPreview, PreviewParts, PreviewRequest } from './preview-api.ts';
import type { PreviewSession } from './preview-session.ts';

export const never = new AbortController().signal;

export const request = (
  seconds: number,
  enhance: Partial<PreviewRequest['enhance']> = {},
): PreviewRequest => ({
  seconds,
  enhance: {
    ...{ model: 'anime4k-s-x2', strength: 100, reuse: true },
    target: { kind: 'factor', factor: 2 },
    ...enhance,
  },
  codec: 'avc',
  focus: { x: 0.5, y: 0.5 },
});

/** The enhanced frame, with what came before it. */
export async function enhanced(
  session: PreviewSession,
  wanted: PreviewRequest,
  signal = never,
): Promise<EnhancedPreview & { parts: PreviewParts[] }> {
  const parts: PreviewParts[] = [];
  const result = await session.enhance(wanted, (some) => parts.push(some), signal);
  return { ...result, parts };
}

export function pixelsOf(bitmap: ImageBitmap): Uint8ClampedArray {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas to draw on');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/** Mean difference of two pictures of the same size, of 255. */
export function meanDifference(a: ImageBitmap, b: ImageBitmap): number {
  const [left, right] = [pixelsOf(a), pixelsOf(b)];
  if (left.length !== right.length) throw new Error('pictures of different sizes');
  return left.reduce((sum, value, i) => sum + Math.abs(value - (right[i] ?? 0)), 0) / left.length;
}

/** Counts the frames and bitmaps of this page from here on. */
export function countLive() {
  const frames = new Set<VideoFrame>();
  const bitmaps = new Set<ImageBitmap>();
  const own = { VideoFrame, VideoDecoder, createImageBitmap: createImageBitmap.bind(globalThis) };
  const { clone, close } = VideoFrame.prototype;
  const { transferToImageBitmap } = OffscreenCanvas.prototype;
  const { close: closeBitmap } = ImageBitmap.prototype;
  const count = { frames, bitmaps, framesMade: 0 };
  const born = (frame: VideoFrame) => {
    count.framesMade++;
    frames.add(frame);
    return frame;
  };
  const made = (bitmap: ImageBitmap) => {
    bitmaps.add(bitmap);
    return bitmap;
  };
  VideoFrame.prototype.clone = function () {
    return born(clone.call(this));
  };
  VideoFrame.prototype.close = function () {
    close.call(this);
    frames.delete(this);
  };
  ImageBitmap.prototype.close = function () {
    closeBitmap.call(this);
    bitmaps.delete(this);
  };
  OffscreenCanvas.prototype.transferToImageBitmap = function () {
    return made(transferToImageBitmap.call(this));
  };
  globalThis.createImageBitmap = async (...given: [ImageBitmapSource]) =>
    made(await own.createImageBitmap(...given));
  globalThis.VideoFrame = new Proxy(VideoFrame, {
    construct: (target, given) => born(Reflect.construct(target, given)),
  });
  globalThis.VideoDecoder = new Proxy(VideoDecoder, {
    construct(target, [init]: [VideoDecoderInit]) {
      return new target({ ...init, output: (frame) => init.output(born(frame)) });
    },
  });
  return Object.assign(count, {
    end() {
      Object.assign(globalThis, own);
      Object.assign(VideoFrame.prototype, { clone, close });
      Object.assign(ImageBitmap.prototype, { close: closeBitmap });
      Object.assign(OffscreenCanvas.prototype, { transferToImageBitmap });
    },
  });
}
