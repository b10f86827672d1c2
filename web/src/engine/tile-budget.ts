import type { ModelEntry } from '@clearreel/shared/models/manifest';

/**
 * Input pixels of one tile. A tile's activations are held in memory at once; heavy models have wide layers, so they
 * get smaller tiles (a 64-channel layer of 512×512 takes 67 MB). Light ones take a 1080p frame in one piece, which
 * spares the halo.
 */
export const tileBudgetPixels = ({ kMacPerOutputPixel }: ModelEntry): number =>
  kMacPerOutputPixel > 20 ? 512 * 512 : 1920 * 1088;
