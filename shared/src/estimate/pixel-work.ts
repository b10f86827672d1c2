import type { Size } from '../frameops/contract.ts';
import { lanczosTaps } from '../frameops/lanczos.ts';

/** Taps that resampling computes, in millions: rows first, then columns. */
export function resampleMegataps(from: Size, to: Size): number {
  const across = from.height * to.width * lanczosTaps(from.width, to.width);
  const down = to.height * to.width * lanczosTaps(from.height, to.height);
  return (across + down) / 1e6;
}
