import { ClearReelError } from '../errors/clear-reel-error.ts';
import { because } from '../notices/reasons.ts';
import type { ModelEntry, ModelVariant } from './manifest.ts';

/** @throws ClearReelError MODEL_MISSING */
export function findModelIn(models: readonly ModelEntry[], id: string): ModelEntry {
  const entry = models.find((model) => model.id === id);
  if (entry === undefined) {
    const known = [...models.map((model) => model.id), 'none'].join(', ');
    throw new ClearReelError('MODEL_MISSING', {
      option: 'enhance.model',
      model: id,
      reason: because('NO_SUCH_MODEL', { known }),
    });
  }
  return entry;
}

/** The variant in the wanted precision, else in fp32, which every model has. */
export function variantOf(entry: ModelEntry, precision: 'fp32' | 'fp16'): ModelVariant {
  const inPrecision = (wanted: string) =>
    entry.variants.find((variant) => variant.precision === wanted);
  const variant = inPrecision(precision) ?? inPrecision('fp32');
  if (variant === undefined) {
    throw new ClearReelError('MODEL_MISSING', {
      model: entry.name,
      reason: because('NO_FP32_FILE'),
    });
  }
  return variant;
}
