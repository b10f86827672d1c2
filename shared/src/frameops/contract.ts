import type { VideoSample } from 'mediabunny';
import type { Rect } from '../tiles/rect.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Pixel work around the model. Pictures and tensors are opaque handles that live where the implementation
 * works (typed arrays; GPU buffers), so that frames need not move. RGB is gamma-encoded BT.709, 0..1.
 *
 * `Source` is a decoded picture at the source's visible size, `Tile` a float32 NCHW tensor [1, 3, H, W] as the
 * model takes and gives it, `Picture` an enhanced RGB picture under construction (float32, planar).
 * Every handle is freed by its `release…`; `live()` counts those that are not.
 */
export interface FrameOps<Source, Tile, Picture> {
  /**
   * Brings a frame to where the operations work: the visible rectangle, unrotated, in BT.709 RGB. Does not close
   * `sample`. `isUntagged` says that the source states no matrix (`VideoFacts.colour.matrix` is `null`): browsers'
   * decoders call such frames BT.709 at every size, and with it the usual rule counts (BT.601 below 720 lines).
   */
  load(sample: VideoSample, isUntagged?: boolean): Promise<Source>;
  sizeOf(source: Source): Size;
  /**
   * For each rectangle whether any 8-bit RGB value inside it differs between the two sources (1) or none does (0).
   * The sources have the same size.
   */
  compare(a: Source, b: Source, rects: readonly Rect[]): Promise<Uint8Array>;
  /** The rectangle (inside the source) as a model's input. */
  cut(source: Source, rect: Rect): Tile;
  createPicture(size: Size): Picture;
  /** Copies `from` of a model's output into the picture with its top left corner at (`x`, `y`), clipped to 0..1. */
  paste(tile: Tile, from: Rect, picture: Picture, x: number, y: number): void;
  /** The rectangle (inside the picture) as a picture of its own. */
  crop(picture: Picture, rect: Rect): Picture;
  /** A source as a picture without a model (×1 with no model, or resampling alone). */
  toPicture(source: Source): Picture;
  /**
   * Separable Lanczos (a = 3), pixel centres at half-integers, edges clamped, weights normalised; shrinking
   * widens the kernel by the factor (antialias). Returns a new picture, clipped to 0..1.
   */
  resample(picture: Picture, size: Size): Picture;
  /**
   * Makes `picture` (1 − share) of itself and `share` (0..1) of `over`, which has the same size. A share of 0 or 1
   * gives the one or the other bit for bit.
   */
  blend(picture: Picture, over: Picture, share: number): void;
  /** The picture as a frame that an encoder takes, tagged BT.709 limited range where the host allows. The caller closes it. */
  toSample(
    picture: Picture,
    timestampSeconds: number,
    durationSeconds: number,
  ): Promise<VideoSample>;
  releaseSource(source: Source): void;
  releaseTile(tile: Tile): void;
  releasePicture(picture: Picture): void;
  /** Handles not released yet. */
  live(): { sources: number; tiles: number; pictures: number };
  dispose(): void;
}
