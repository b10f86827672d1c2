import { VideoSample } from 'mediabunny';
import type { Rect } from '../tiles/rect.ts';
import { BufferPool } from './buffer-pool.ts';
import type { FrameOps, Size } from './contract.ts';
import { type FloatTile, FloatTiles } from './float-tiles.ts';
import { hasReadablePlanes, readPlanes } from './planes.ts';
import {
  blendRgb,
  differsIn,
  type FloatPicture,
  pasteRect,
  type RgbaSource,
  unpackRect,
} from './rect-copy.ts';
import { resampleRgb } from './resample.ts';
import { i420Bytes, rgbToI420 } from './rgb-to-yuv.ts';
import { withoutGuess, yuvMatrix } from './yuv-matrix.ts';
import { yuvToRgba } from './yuv-to-rgb.ts';

export type { FloatTile } from './float-tiles.ts';
export { FloatTiles } from './float-tiles.ts';
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
export class TypedArrayFrameOps implements FrameOps<RgbaSource, FloatTile, FloatPicture> {
  /** Shared with the inference host, which makes the models' output tiles. */
  readonly tiles: FloatTiles;
  readonly #sources = new Set<RgbaSource>();
  readonly #pictures = new Set<FloatPicture>();
  readonly #bytes = new BufferPool<Uint8Array>((length) => new Uint8Array(length));
  readonly #words = new BufferPool<Uint32Array>((length) => new Uint32Array(length));
  readonly #floats = new BufferPool<Float32Array>((length) => new Float32Array(length));

  constructor(tiles: FloatTiles = new FloatTiles()) {
    this.tiles = tiles;
  }

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
        const buffer = this.#bytes.take(bytes);
        taken.push(buffer);
        return buffer;
      };
      yuvToRgba(await readPlanes(sample, take), matrix, rgba);
      for (const buffer of taken) this.#bytes.give(buffer);
    }
    const source = { width, height, rgba };
    this.#sources.add(source);
    return source;
  }

  sizeOf({ width, height }: RgbaSource): Size {
    return { width, height };
  }

  compare(a: RgbaSource, b: RgbaSource, rects: readonly Rect[]): Promise<Uint8Array> {
    return Promise.resolve(Uint8Array.from(rects, (rect) => (differsIn(a, b, rect) ? 1 : 0)));
  }

  cut(source: RgbaSource, rect: Rect): FloatTile {
    const tile = this.tiles.create(rect.width, rect.height);
    unpackRect(source, rect, tile.data);
    return tile;
  }

  createPicture({ width, height }: Size): FloatPicture {
    const picture = { width, height, rgb: this.#floats.take(3 * width * height) };
    this.#pictures.add(picture);
    return picture;
  }

  paste(tile: FloatTile, from: Rect, picture: FloatPicture, x: number, y: number): void {
    pasteRect(tile, from, picture, x, y);
  }

  toPicture(source: RgbaSource): FloatPicture {
    const picture = this.createPicture(source);
    unpackRect(source, { x: 0, y: 0, width: source.width, height: source.height }, picture.rgb);
    return picture;
  }

  resample(picture: FloatPicture, size: Size): FloatPicture {
    const result = this.createPicture(size);
    const scratch = this.#floats.take(3 * size.width * picture.height);
    resampleRgb(picture.rgb, picture, result.rgb, size, scratch);
    this.#floats.give(scratch);
    return result;
  }

  blend(picture: FloatPicture, over: FloatPicture, share: number): void {
    blendRgb(picture.rgb, over.rgb, share);
  }

  toSample(
    picture: FloatPicture,
    timestampSeconds: number,
    durationSeconds: number,
  ): Promise<VideoSample> {
    const { width, height } = picture;
    const bytes = this.#bytes.take(i420Bytes(width, height));
    rgbToI420(picture.rgb, width, height, bytes);
    // The sample copies the bytes, so they can be used again at once.
    const sample = new VideoSample(bytes, {
      format: 'I420',
      codedWidth: width,
      codedHeight: height,
      timestamp: timestampSeconds,
      duration: durationSeconds,
      colorSpace: outputColour,
    });
    this.#bytes.give(bytes);
    return Promise.resolve(sample);
  }

  releaseSource(source: RgbaSource): void {
    if (this.#sources.delete(source)) this.#words.give(source.rgba);
  }

  releaseTile(tile: FloatTile): void {
    this.tiles.release(tile);
  }

  releasePicture(picture: FloatPicture): void {
    if (this.#pictures.delete(picture)) this.#floats.give(picture.rgb);
  }

  live(): { sources: number; tiles: number; pictures: number } {
    return {
      sources: this.#sources.size,
      tiles: this.tiles.live,
      pictures: this.#pictures.size,
    };
  }

  dispose(): void {
    this.#sources.clear();
    this.#pictures.clear();
    this.tiles.dispose();
    for (const pool of [this.#bytes, this.#words, this.#floats]) pool.clear();
  }
}
