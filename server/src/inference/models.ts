import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import manifest from '@clearreel/models/manifest.json' with { type: 'json' };
import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { findModelIn } from '@clearreel/shared/models/catalogue';
import {
  type ModelEntry,
  type ModelVariant,
  modelManifestSchema,
} from '@clearreel/shared/models/manifest';
import { because } from '@clearreel/shared/notices/reasons';

const modelFolder = dirname(
  createRequire(import.meta.url).resolve('@clearreel/models/manifest.json'),
);

/** Every model that this installation carries. */
export const models: readonly ModelEntry[] = modelManifestSchema.parse(manifest).models;

/** @throws ClearReelError MODEL_MISSING */
export const findModel = (id: string): ModelEntry => findModelIn(models, id);

/**
 * Reads a model's file and checks it against the manifest.
 *
 * @throws ClearReelError MODEL_MISSING when it cannot be read or is not the manifest's.
 */
export async function readModel(
  entry: ModelEntry,
  { file, sha256 }: ModelVariant,
  folder = modelFolder,
): Promise<Uint8Array> {
  const detail = { model: entry.name };
  try {
    const bytes = await readFile(join(folder, file));
    if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  } catch (error) {
    throw asClearReelError(error, 'MODEL_MISSING', detail);
  }
  throw new ClearReelError('MODEL_MISSING', {
    ...detail,
    reason: because('MODEL_FILE_CHANGED', { file }),
  });
}
