import { VideoSample } from 'mediabunny';
import type { ColourTags } from '../media/facts.ts';
import type { Rect } from '../tiles/rect.ts';
import { ArrayFrameOps } from './array-frame-ops.ts';
import { BufferPool } from './buffer-pool.ts';
import { deepOne, yuvToDeepRgb } from './deep-colour.ts';
import { deepPlanes } from './deep-planes.ts';
import type { FloatTiles } from './float-tiles.ts';
import type { FloatPicture } from './rect-copy.ts';
import { i420Values, rgbToI420 } from './rgb-to-yuv.ts';
import { lumaWeights, withoutGuess } from './yuv-matrix.ts';

/** A picture of 16-bit values: the planes R′, G′, B′ one after the other. */
export interface DeepSource {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint16Array;
}

/** Members of WebCodecs' `VideoFrameCopyToOptions` that mediabunny passes on and its types lack. */
const asRgba: object = { format: 'RGBA', colorSpace: 'srgb' };

/**
 * Frame operations for sources of more than 8 bits: nothing is rounded to 8, primaries and transfer (HDR too) stay
 * what they are, and results have 10 bits in the colours of `tags`. Its RGB is that of the source, not BT.709.
 */
export class DeepArrayFrameOps extends ArrayFrameOps<DeepSource> {
  readonly #tags: ColourTags;
  readonly #words = new BufferPool<Uint16Array>((length) => new Uint16Array(length));

  /** `tags` are those of the result, whose range is limited: the source's own, or what stands for them where it has none. */
  constructor(tags: ColourTags, tiles?: FloatTiles) {
    super(tiles);
    this.#tags = { ...tags, fullRange: false };
  }

  async load(sample: VideoSample, isUntagged = false): Promise<DeepSource> {
    const { width, height } = sample.visibleRect;
    const rgb = this.#words.take(3 * width * height);
    const planes = await deepPlanes(sample);
    if (planes) {
      const tags = withoutGuess(sample.colorSpace, isUntagged);
      const fullRange = tags.fullRange === true;
      yuvToDeepRgb(planes, lumaWeights(tags, height), fullRange, rgb);
    } else await this.#loadRgba(sample, rgb);
    const source = { width, height, rgb };
    this.sources.add(source);
    return source;
  }

  toSample(
    { width, height, rgb }: FloatPicture,
    timestampSeconds: number,
    durationSeconds: number,
  ): Promise<VideoSample> {
    const values = this.#words.take(i420Values(width, height));
    rgbToI420(rgb, width, height, lumaWeights(this.#tags, height), values);
    // The sample copies the bytes, so they can be used again at once.
    const sample = new VideoSample(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      {
        format: 'I420P10',
        codedWidth: width,
        codedHeight: height,
        timestamp: timestampSeconds,
        duration: durationSeconds,
        colorSpace: this.#tags as VideoColorSpaceInit,
      },
    );
    this.#words.give(values);
    return Promise.resolve(sample);
  }

  releaseSource(source: DeepSource): void {
    if (this.sources.delete(source)) this.#words.give(source.rgb);
  }

  override dispose(): void {
    super.dispose();
    this.#words.clear();
  }

  protected unpack(source: DeepSource, rect: Rect, to: Float32Array): void {
    const { width, height, rgb } = source;
    let out = 0;
    for (let plane = 0; plane < 3; plane++) {
      for (let row = rect.y; row < rect.y + rect.height; row++) {
        let at = (plane * height + row) * width + rect.x;
        for (const end = at + rect.width; at < end; at++) to[out++] = (rgb[at] as number) / deepOne;
      }
    }
  }

  protected differ(a: DeepSource, b: DeepSource, rect: Rect): boolean {
    for (let plane = 0; plane < 3; plane++) {
      for (let row = rect.y; row < rect.y + rect.height; row++) {
        const start = (plane * a.height + row) * a.width + rect.x;
        for (let at = start; at < start + rect.width; at++) {
          if (a.rgb[at] !== b.rgb[at]) return true;
        }
      }
    }
    return false;
  }

  /** RGB pictures, which have 8 bits here. */
  async #loadRgba(sample: VideoSample, rgb: Uint16Array): Promise<void> {
    const area = rgb.length / 3;
    const bytes = this.bytes.take(4 * area);
    await sample.copyTo(bytes, asRgba);
    for (let pixel = 0; pixel < area; pixel++) {
      for (let plane = 0; plane < 3; plane++) {
        rgb[plane * area + pixel] = 257 * (bytes[4 * pixel + plane] as number);
      }
    }
    this.bytes.give(bytes);
  }
}
