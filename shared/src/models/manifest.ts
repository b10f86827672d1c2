import { z } from 'zod';

const tensorPort = z.strictObject({
  name: z.string(),
  channels: z.number().int().positive(),
  range: z.tuple([z.number(), z.number()]),
});

const statePort = z.strictObject({ name: z.string(), shape: z.array(z.number().int()) });

const variant = z.strictObject({
  precision: z.enum(['fp32', 'fp16']),
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
});

/**
 * One model. Tensors are NCHW float32, RGB, gamma-encoded; the output is `scale` times as wide and high
 * as the input. `receptiveField` is the halo in source pixels with which a tile equals the untiled picture.
 * `peakValuesPerInputPixel`: values that the network holds at once for each pixel of a tile, at the least.
 */
const model = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  task: z.enum(['upscale', 'interpolate', 'stream-upscale']),
  summary: z.string(),
  goodAt: z.array(z.enum(['compressed', 'screen', 'clean', 'drawn', 'restore', 'fast'])),
  scale: z.number().int().positive(),
  input: tensorPort,
  output: tensorPort,
  receptiveField: z.number().int().nonnegative(),
  multipleOf: z.number().int().positive(),
  kMacPerOutputPixel: z.number().positive(),
  peakValuesPerInputPixel: z.number().int().positive(),
  stateIn: z.array(statePort),
  stateOut: z.array(statePort),
  window: z.strictObject({ first: z.number().int(), step: z.number().int() }),
  lookAhead: z.number().int().nonnegative(),
  warmUp: z.number().int().nonnegative(),
  variants: z.array(variant).nonempty(),
  licence: z.string(),
  licenceFile: z.string(),
  source: z.strictObject({
    registry: z.enum(['pypi', 'npm', 'own']),
    package: z.string(),
    version: z.string(),
    files: z.array(z.string()),
  }),
});

export const modelManifestSchema = z.strictObject({
  version: z.literal(1),
  models: z.array(model).nonempty(),
});

export type ModelEntry = z.infer<typeof model>;
export type ModelVariant = z.infer<typeof variant>;
