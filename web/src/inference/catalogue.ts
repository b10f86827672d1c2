import manifestJson from '@clearreel/models/manifest.json';
import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { findModelIn } from '@clearreel/shared/models/catalogue';
import {
  type ModelEntry,
  type ModelVariant,
  modelManifestSchema,
} from '@clearreel/shared/models/manifest';
import { tellDownload } from '../pwa/download-news.ts';

const urls = import.meta.glob<string>('../../../models/onnx/*.onnx', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Every model that this build carries. */
export const models: readonly ModelEntry[] = modelManifestSchema.parse(manifestJson).models;

/** @throws ClearReelError MODEL_MISSING */
export const findModel = (id: string): ModelEntry => findModelIn(models, id);

export interface FetchModelOptions {
  readonly signal?: AbortSignal;
  /** Address of a manifest file name; tests point it elsewhere. */
  readonly urlOf?: (file: string) => string | undefined;
}

/** Address of a manifest's file in this build. */
export const builtUrlOf = (file: string): string | undefined => urls[`../../../models/${file}`];

/** Reads a body whose length is known; a longer or shorter one is an error, so memory stays bounded. */
async function readBody(response: Response, bytes: number, onProgress: (n: number) => void) {
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  if (response.body === null) throw new Error('the server sent nothing');
  const data = new Uint8Array(bytes);
  let received = 0;
  for await (const chunk of response.body) {
    if (received + chunk.length > bytes) throw new Error(`more than ${bytes} bytes were sent`);
    data.set(chunk, received);
    received += chunk.length;
    onProgress(received);
  }
  if (received < bytes) throw new Error(`only ${received} of ${bytes} bytes were sent`);
  return data;
}

const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Loads a model's file and checks its length and SHA-256 against the manifest.
 *
 * @throws ClearReelError MODEL_MISSING when it cannot be loaded or is not the file of the manifest; CANCELLED
 * when `signal` is aborted.
 */
export async function fetchModel(
  entry: ModelEntry,
  variant: ModelVariant,
  { signal, urlOf = builtUrlOf }: FetchModelOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const detail = { model: entry.name };
  try {
    const url = urlOf(variant.file);
    if (url === undefined) throw new Error(`${variant.file} is not part of this build`);
    const response = await fetch(url, signal ? { signal } : {});
    const data = await readBody(response, variant.bytes, tellDownload(url, variant.bytes));
    if (hex(await crypto.subtle.digest('SHA-256', data)) !== variant.sha256) {
      throw new Error('its checksum is wrong');
    }
    return data;
  } catch (error) {
    if (signal?.aborted) throw new ClearReelError('CANCELLED', {}, { cause: error });
    throw asClearReelError(error, 'MODEL_MISSING', detail);
  }
}
