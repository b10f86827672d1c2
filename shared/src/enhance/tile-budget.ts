import type { ModelEntry } from '../models/manifest.ts';

/** What a tile's activations may take: WebAssembly has 4 GB in all, and every host cuts the same tiles. */
const mostActivationBytes = 512 * 2 ** 20;

/** A cancelled job waits for the tile that is in the model, so heavy models get smaller ones. */
const heavyPixels = 512 * 512;
const lightPixels = 1920 * 1088;

/**
 * Input pixels of one tile. A tile's activations are held in memory at once; models with many wide layers get smaller
 * tiles for it. Others take a 1080p frame in one piece, which spares the halo.
 */
export const tileBudgetPixels = (model: ModelEntry): number =>
  Math.min(
    model.kMacPerOutputPixel > 20 ? heavyPixels : lightPixels,
    Math.floor(mostActivationBytes / (4 * model.peakValuesPerInputPixel)),
  );
