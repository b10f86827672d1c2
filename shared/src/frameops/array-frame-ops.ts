import type { VideoSample } from 'mediabunny';
import type { Rect } from '../tiles/rect.ts';
import { BufferPool } from './buffer-pool.ts';
import type { FrameOps, Size } from './contract.ts';
import { type FloatTile, FloatTiles } from './float-tiles.ts';
import { blendRgb, cropRect, type FloatPicture, pasteRect } from './rect-copy.ts';
import { resampleRgb } from './resample.ts';

/** What frame operations over typed arrays share, however they keep their sources. */
export abstract class ArrayFrameOps<Source extends Size>
  implements FrameOps<Source, FloatTile, FloatPicture>
{
  /** Shared with the inference host, which makes the models' output tiles. */
  readonly tiles: FloatTiles;
  protected readonly sources = new Set<Source>();
  readonly #pictures = new Set<FloatPicture>();
  protected readonly bytes = new BufferPool<Uint8Array>((length) => new Uint8Array(length));
  readonly #floats = new BufferPool<Float32Array>((length) => new Float32Array(length));

  constructor(tiles: FloatTiles = new FloatTiles()) {
    this.tiles = tiles;
  }

  abstract load(sample: VideoSample, isUntagged?: boolean): Promise<Source>;
  abstract releaseSource(source: Source): void;
  abstract toSample(
    picture: FloatPicture,
    timestampSeconds: number,
    durationSeconds: number,
  ): Promise<VideoSample>;

  /** Writes the rectangle as the planes R, G, B of 0..1. */
  protected abstract unpack(source: Source, rect: Rect, to: Float32Array): void;
  /** Whether any pixel inside `rect` differs. */
  protected abstract differ(a: Source, b: Source, rect: Rect): boolean;

  sizeOf({ width, height }: Source): Size {
    return { width, height };
  }

  compare(a: Source, b: Source, rects: readonly Rect[]): Promise<Uint8Array> {
    return Promise.resolve(Uint8Array.from(rects, (rect) => (this.differ(a, b, rect) ? 1 : 0)));
  }

  cut(source: Source, rect: Rect): FloatTile {
    const tile = this.tiles.create(rect.width, rect.height);
    this.unpack(source, rect, tile.data);
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

  crop(picture: FloatPicture, rect: Rect): FloatPicture {
    const part = this.createPicture(rect);
    cropRect(picture, rect, part);
    return part;
  }

  toPicture(source: Source): FloatPicture {
    const picture = this.createPicture(source);
    const { width, height } = source;
    this.unpack(source, { x: 0, y: 0, width, height }, picture.rgb);
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

  releaseTile(tile: FloatTile): void {
    this.tiles.release(tile);
  }

  releasePicture(picture: FloatPicture): void {
    if (this.#pictures.delete(picture)) this.#floats.give(picture.rgb);
  }

  live(): { sources: number; tiles: number; pictures: number } {
    return {
      sources: this.sources.size,
      tiles: this.tiles.live,
      pictures: this.#pictures.size,
    };
  }

  dispose(): void {
    this.sources.clear();
    this.#pictures.clear();
    this.tiles.dispose();
    this.bytes.clear();
    this.#floats.clear();
  }
}
