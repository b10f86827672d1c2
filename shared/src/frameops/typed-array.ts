import { VideoSample } from 'mediabunny';
import type { Rect } from '../tiles/rect.ts';
import { ArrayFrameOps } from './array-frame-ops.ts';
import { BufferPool } from './buffer-pool.ts';
import { hasReadablePlanes, readPlanes } from './planes.ts';
import { differsIn, type FloatPicture, type RgbaSource, unpackRect } from './rect-copy.ts';
import { i420Values, rgbToI420 } from './rgb-to-yuv.ts';
import { bt709, withoutGuess, yuvMatrix } from './yuv-matrix.ts';
import { yuvToRgba } from './yuv-to-rgb.ts';

export type { FloatTile } from './float-tiles.ts';
export type { FloatPicture, RgbaSource } from './rect-copy.ts';

const outputColour = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
} as const;

/** Members of WebCodecs' `VideoFrameCopyToOptions` that mediabunny passes on and its types lack. */
const asRgba: object = { format: 'RGBA', colorSpace: 'srgb' };

/** Frame operations over typed arrays, for the wasm and cpu providers on every host. */
export class TypedArrayFrameOps extends ArrayFrameOps<RgbaSource> {
  readonly #words = new BufferPool<Uint32Array>((length) => new Uint32Array(length));

  async load(sample: VideoSample, isUntagged = false): Promise<RgbaSource> {
    const { width, height } = sample.visibleRect;
    const rgba = this.#words.take(width * height);
    const matrix = hasReadablePlanes(sample)
      ? yuvMatrix(withoutGuess(sample.colorSpace, isUntagged), height)
      : null;
    if (matrix === null) {
      // RGB, hardware frames without a readable format, BT.2020: the host converts (to sRGB).
      const bytes = new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.byteLength);
      await sample.copyTo(bytes, asRgba);
      for (let i = 3; i < bytes.length; i += 4) bytes[i] = 255;
    } else {
      const taken: Uint8Array[] = [];
      const take = (bytes: number) => {
        const buffer = this.bytes.take(bytes);
        taken.push(buffer);
        return buffer;
      };
      yuvToRgba(await readPlanes(sample, take), matrix, rgba);
      for (const buffer of taken) this.bytes.give(buffer);
    }
    const source = { width, height, rgba };
    this.sources.add(source);
    return source;
  }

  toSample(
    picture: FloatPicture,
    timestampSeconds: number,
    durationSeconds: number,
  ): Promise<VideoSample> {
    const { width, height } = picture;
    const bytes = this.bytes.take(i420Values(width, height));
    rgbToI420(picture.rgb, width, height, bt709, bytes);
    // The sample copies the bytes, so they can be used again at once.
    const sample = new VideoSample(bytes, {
      format: 'I420',
      codedWidth: width,
      codedHeight: height,
      timestamp: timestampSeconds,
      duration: durationSeconds,
      colorSpace: outputColour,
    });
    this.bytes.give(bytes);
    return Promise.resolve(sample);
  }

  releaseSource(source: RgbaSource): void {
    if (this.sources.delete(source)) this.#words.give(source.rgba);
  }

  override dispose(): void {
    super.dispose();
    this.#words.clear();
  }

  protected unpack(source: RgbaSource, rect: Rect, to: Float32Array): void {
    unpackRect(source, rect, to);
  }

  protected differ(a: RgbaSource, b: RgbaSource, rect: Rect): boolean {
    return differsIn(a, b, rect);
  }
}
