/** A float32 NCHW tensor [1, 3, height, width] in memory: what the wasm and cpu providers take and give. */
export interface FloatTile {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * Makes and counts tiles. Frame operations and inference host share one, so that the tile a model gives is
 * counted until `releaseTile` as well.
 */
export class FloatTiles {
  readonly #live = new Set<FloatTile>();
  readonly #spare = new Map<number, Float32Array[]>();
  readonly #allocate: (length: number) => Float32Array;

  /** `allocate` decides where tiles lie: in memory that threads share, say. */
  constructor(allocate = (length: number): Float32Array => new Float32Array(length)) {
    this.#allocate = allocate;
  }

  get live(): number {
    return this.#live.size;
  }

  /** A tile whose contents are undefined until written. */
  create(width: number, height: number): FloatTile {
    const length = 3 * width * height;
    return this.adopt(width, height, this.#spare.get(length)?.pop() ?? this.#allocate(length));
  }

  /** Makes a tile of values that were made elsewhere; `data` has 3 · width · height values and belongs to the tile. */
  adopt(width: number, height: number, data: Float32Array): FloatTile {
    const tile = { width, height, data };
    this.#live.add(tile);
    return tile;
  }

  /** Releasing twice is harmless. The values may be overwritten from here on. */
  release(tile: FloatTile): void {
    if (!this.#live.delete(tile)) return;
    const spare = this.#spare.get(tile.data.length) ?? [];
    if (spare.length < 2) spare.push(tile.data);
    this.#spare.set(tile.data.length, spare);
  }

  dispose(): void {
    this.#live.clear();
    this.#spare.clear();
  }
}
