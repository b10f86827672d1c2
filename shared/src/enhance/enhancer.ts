import type { VideoSample } from 'mediabunny';
import type { FrameOps, Size } from '../frameops/contract.ts';
import type { LoadedModel } from '../inference/contract.ts';
import type { SourceFrame } from '../media/source.ts';
import { planTiles, type Tile as TileJob } from '../tiles/plan.ts';
import type { Rect } from '../tiles/rect.ts';
import { nearestFirst, type Point } from './nearest-first.ts';

export interface EnhanceStats {
  frames: number;
  reusedFrames: number;
  tiles: number;
  reusedTiles: number;
  inferenceSeconds: number;
}

export interface EnhancerOptions<Source, Tile, Picture> {
  readonly ops: FrameOps<Source, Tile, Picture>;
  /** `null` resamples only. */
  readonly model: LoadedModel<Tile> | null;
  readonly outputSize: Size;
  readonly maxTilePixels: number;
  readonly reuse: boolean;
  /** Percent of the model's picture in the result, the rest being the plain resample of the source; 100 by default. */
  readonly strength?: number;
}

/** What a result is made of once the model has run: changing it runs no model. */
export type ResultOptions = Pick<EnhancerOptions<never, never, never>, 'outputSize' | 'strength'>;

/** The model's result of one tile, at the model's scale and full strength. Whoever takes it closes `sample`. */
export interface FramePart {
  readonly sample: VideoSample;
  /** Its place in the source. */
  readonly core: Rect;
}

/** A frame that someone waits for. */
export interface FrameRequest {
  /** Tiles are run from this point of the source outwards. */
  readonly focus?: Point;
  /**
   * Called after each tile: a frame of many may take long. The next tile waits for it. `parts` makes pictures of the
   * tiles that it has not been asked for yet; making them costs time, so ask when someone looks.
   */
  onTile?(done: number, total: number, parts: () => AsyncGenerator<FramePart>): Promise<void>;
  /** Called after each tile too, by those who only want to know that it goes on. */
  progressed?(): void;
  /** Ends the work between two tiles. Those that are done are not run again for the same frame. */
  readonly signal?: AbortSignal;
}

/** The last frame with what the model made of it. */
interface Previous<Source, Picture> {
  readonly source: Source;
  readonly size: Size;
  readonly picture: Picture;
  readonly tiles: readonly TileJob[];
  /** Tiles whose place in the picture does not show the source yet. */
  readonly missing: Set<TileJob>;
}

/**
 * Turns decoded frames into enhanced ones, in order. What is known to come out the same is not computed: an
 * identical frame gives the last result again, and of a changed frame only the tiles whose input (halo included)
 * changed are run. They are pasted over the last picture, which is why frames must come one at a time.
 */
export class Enhancer<Source, Tile, Picture> {
  readonly #loaded: LoadedModel<Tile> | null;
  #options: EnhancerOptions<Source, Tile, Picture>;
  readonly stats: EnhanceStats = {
    frames: 0,
    reusedFrames: 0,
    tiles: 0,
    reusedTiles: 0,
    inferenceSeconds: 0,
  };
  #previous: Previous<Source, Picture> | null = null;
  #lastSample: VideoSample | null = null;

  constructor(options: EnhancerOptions<Source, Tile, Picture>) {
    this.#loaded = options.model;
    this.#options = options.strength === 0 ? { ...options, model: null } : options;
  }

  /** Holds from the next frame on; the same frame again then costs no run of the model. */
  change({ outputSize, strength = 100 }: ResultOptions): void {
    if (this.#options.model !== this.#loaded) this.reset();
    this.#options = { ...this.#options, model: this.#loaded, outputSize, strength };
    this.#forgetSample();
  }

  /** Closes the frame's sample in every case; the caller closes the result. */
  async enhance(frame: SourceFrame, request: FrameRequest = {}): Promise<VideoSample> {
    const { ops } = this.#options;
    let source: Source;
    try {
      source = await ops.load(frame.sample, frame.isUntagged);
    } finally {
      frame.sample.close();
    }
    this.stats.frames++;
    let changed: readonly TileJob[];
    try {
      changed = await this.#changedTiles(source);
    } catch (error) {
      ops.releaseSource(source);
      throw error;
    }
    if (changed.length === 0 && this.#lastSample) {
      ops.releaseSource(source);
      this.stats.reusedFrames++;
      return this.#again(frame);
    }
    try {
      await this.#update(source, changed, request);
    } catch (error) {
      if (request.signal?.aborted) this.#forgetSample();
      else this.reset();
      throw error;
    }
    return this.#emit(frame);
  }

  /** Forgets the previous frame (a seek, an error) and frees what was kept for reuse. */
  reset(): void {
    const { ops } = this.#options;
    if (this.#previous) {
      ops.releaseSource(this.#previous.source);
      ops.releasePicture(this.#previous.picture);
    }
    this.#previous = null;
    this.#forgetSample();
  }

  /** Frees the model too. */
  async dispose(): Promise<void> {
    this.reset();
    await this.#loaded?.dispose();
  }

  #forgetSample(): void {
    this.#lastSample?.close();
    this.#lastSample = null;
  }

  /** Takes over `source`. Leaves `#previous` with an up-to-date picture at the model's scale. */
  async #update(
    source: Source,
    changed: readonly TileJob[],
    { focus, onTile, progressed, signal }: FrameRequest,
  ): Promise<void> {
    const { ops, model } = this.#options;
    const size = ops.sizeOf(source);
    const missing = new Set(changed);
    if (model && this.#previous) {
      ops.releaseSource(this.#previous.source);
      this.#previous = { ...this.#previous, source, missing };
    } else {
      this.reset();
      const picture = this.#owning(source, () =>
        model ? ops.createPicture(enlarged(size, model.entry.scale)) : ops.toPicture(source),
      );
      this.#previous = { source, size, picture, tiles: changed, missing };
    }
    if (!model) return;
    const { picture, tiles } = this.#previous;
    const unseen: Rect[] = [];
    const parts = () => this.#parts(picture, unseen, model.entry.scale);
    for (const [position, tile] of nearestFirst(changed, focus).entries()) {
      signal?.throwIfAborted();
      await this.#runTile(model, source, picture, tile);
      missing.delete(tile);
      unseen.push(tile.core);
      progressed?.();
      await onTile?.(position + 1, changed.length, parts);
    }
    this.stats.tiles += tiles.length;
    this.stats.reusedTiles += tiles.length - changed.length;
  }

  /** Frees the source if what is made beside it cannot be made. */
  #owning(source: Source, make: () => Picture): Picture {
    try {
      return make();
    } catch (error) {
      this.#options.ops.releaseSource(source);
      throw error;
    }
  }

  async #runTile(
    model: LoadedModel<Tile>,
    source: Source,
    picture: Picture,
    { input, core }: TileJob,
  ): Promise<void> {
    const { ops } = this.#options;
    const { scale } = model.entry;
    const inputTile = ops.cut(source, input);
    try {
      const startMs = performance.now();
      const outputTile = await model.run(inputTile);
      this.stats.inferenceSeconds += (performance.now() - startMs) / 1000;
      try {
        const from = {
          x: (core.x - input.x) * scale,
          y: (core.y - input.y) * scale,
          width: core.width * scale,
          height: core.height * scale,
        };
        ops.paste(outputTile, from, picture, core.x * scale, core.y * scale);
      } finally {
        ops.releaseTile(outputTile);
      }
    } finally {
      ops.releaseTile(inputTile);
    }
  }

  /** Empties `unseen`. */
  async *#parts(picture: Picture, unseen: Rect[], scale: number): AsyncGenerator<FramePart> {
    const { ops } = this.#options;
    for (const core of unseen.splice(0)) {
      const part = ops.crop(picture, {
        ...{ x: core.x * scale, y: core.y * scale },
        ...enlarged(core, scale),
      });
      try {
        yield { sample: await ops.toSample(part, 0, 0), core };
      } finally {
        ops.releasePicture(part);
      }
    }
  }

  async #changedTiles(source: Source): Promise<readonly TileJob[]> {
    const { ops, reuse } = this.#options;
    const size = ops.sizeOf(source);
    const previous = this.#previous;
    if (previous && (previous.size.width !== size.width || previous.size.height !== size.height)) {
      this.reset();
    }
    const tiles = this.#previous?.tiles ?? this.#tilesFor(size);
    if (!reuse || !this.#previous) return tiles;
    const differs = await ops.compare(
      this.#previous.source,
      source,
      tiles.map(({ input }) => input),
    );
    const { missing } = this.#previous;
    return tiles.filter((tile, position) => differs[position] !== 0 || missing.has(tile));
  }

  #tilesFor(size: Size): readonly TileJob[] {
    const { model, maxTilePixels } = this.#options;
    const whole = { x: 0, y: 0, ...size };
    if (!model) return [{ input: whole, core: whole }];
    return planTiles({
      ...size,
      halo: model.entry.receptiveField,
      multipleOf: model.entry.multipleOf,
      maxInputPixels: maxTilePixels,
    }).tiles;
  }

  async #emit({ timestampSeconds, durationSeconds }: SourceFrame): Promise<VideoSample> {
    const { ops } = this.#options;
    const made: Picture[] = [];
    try {
      const picture = this.#finalPicture(made);
      const sample = await ops.toSample(picture, timestampSeconds, durationSeconds);
      this.#forgetSample();
      this.#lastSample = sample.clone();
      return sample;
    } finally {
      for (const each of made) ops.releasePicture(each);
    }
  }

  /**
   * The previous frame's result. What the model made is kept unmixed, so that its tiles can be used again; the plain
   * part is always the whole frame's own, and shows no seams. Pictures of its making are added to `made`.
   */
  #finalPicture(made: Picture[]): Picture {
    const { ops, model, strength = 100 } = this.#options;
    if (!this.#previous) throw new Error('no picture to emit');
    const { source, size, picture } = this.#previous;
    const enhanced = this.#toOutputSize(picture, enlarged(size, model?.entry.scale ?? 1), made);
    if (!model || strength === 100) return enhanced;
    const original = ops.toPicture(source);
    made.push(original);
    const plain = this.#toOutputSize(original, size, made);
    ops.blend(plain, enhanced, strength / 100);
    return plain;
  }

  #toOutputSize(picture: Picture, size: Size, made: Picture[]): Picture {
    const { ops, outputSize } = this.#options;
    if (size.width === outputSize.width && size.height === outputSize.height) return picture;
    const resized = ops.resample(picture, outputSize);
    made.push(resized);
    return resized;
  }

  #again({ timestampSeconds, durationSeconds }: SourceFrame): VideoSample {
    if (!this.#lastSample) throw new Error('no frame to repeat');
    const sample = this.#lastSample.clone();
    sample.setTimestamp(timestampSeconds);
    sample.setDuration(durationSeconds);
    return sample;
  }
}

const enlarged = ({ width, height }: Size, scale: number): Size => ({
  width: width * scale,
  height: height * scale,
});
