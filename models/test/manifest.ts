import { readFileSync } from 'node:fs';

export interface Variant {
  readonly precision: 'fp32' | 'fp16';
  /** Path inside `models/`. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface Model {
  readonly id: string;
  readonly scale: number;
  /** Halo in source pixels. */
  readonly receptiveField: number;
  readonly variants: readonly Variant[];
  readonly licenceFile: string;
}

/** Address of a file inside `models/`. */
export const inModels = (path: string) => new URL(`../${path}`, import.meta.url);

const manifest: { models: Model[] } = JSON.parse(readFileSync(inModels('manifest.json'), 'utf8'));

export const models: readonly Model[] = manifest.models;

/** Every file that can be loaded, with the model it belongs to. */
export const everyVariant = models.flatMap((model) =>
  model.variants.map((variant) => ({ model, variant, name: `${model.id} ${variant.precision}` })),
);
