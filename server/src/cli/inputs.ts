import { createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { reasonOf } from '@clearreel/shared/errors/clear-reel-error';
import { imageKind, isNamedAsImage, signatureBytes } from '@clearreel/shared/sequence/image-kind';
import type { SourcePath } from '../media/source-path.ts';
import { diskError } from '../storage/disk-error.ts';
import { UsageError } from './usage.ts';

export const isPipe = ([input, ...more]: readonly string[]): boolean =>
  input === '-' && more.length === 0;

/** A stream of JPEG pictures is told from a single one by its name alone, and standard input has none. */
export const nameOf = (inputs: readonly string[]): string =>
  isPipe(inputs) ? 'video.mjpg' : basename(inputs[0] ?? '');

/** Standard input cannot be read twice, as planning and decoding must. */
export async function spool(work: string, signal: AbortSignal): Promise<string> {
  const path = join(work, 'input');
  try {
    await pipeline(process.stdin, createWriteStream(path), { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw await diskError(error, work);
  }
  return path;
}

/**
 * What is to be opened: one file or folder, or several pictures, as a shell makes of `frames/*.png`.
 * @throws UsageError where they cannot be one source.
 */
export async function sourcePathOf(inputs: readonly string[]): Promise<SourcePath> {
  const [input = ''] = inputs;
  if (inputs.length > 1) return picturePaths(inputs);
  const found = await stat(input).catch(() => null);
  if (found?.isFile() || found?.isDirectory()) return resolve(input);
  throw new UsageError(`${input} is neither a file nor a folder`);
}

async function picturePaths(inputs: readonly string[]): Promise<readonly string[]> {
  const byName = new Map<string, string>();
  for (const input of inputs) {
    await requirePicture(input);
    const [name, other] = [basename(input), byName.get(basename(input))];
    if (other !== undefined) {
      throw new UsageError(`${other} and ${input} have one name, so their order cannot be known`);
    }
    byName.set(name, input);
  }
  return inputs.map((input) => resolve(input));
}

/** By content or by name, as in a folder: a damaged picture keeps its place. */
async function requirePicture(input: string): Promise<void> {
  const found = await stat(input).catch(() => null);
  if (!found?.isFile()) throw new UsageError(`${input} is not a file${onlyPictures}`);
  if (isNamedAsImage(input) || (await isImage(input))) return;
  throw new UsageError(`${input} is not a picture (PNG, JPEG, WebP)${onlyPictures}`);
}

const onlyPictures = '; of several INPUTs each must be a picture';

async function isImage(path: string): Promise<boolean> {
  try {
    await using file = await open(path);
    const { buffer } = await file.read(Buffer.alloc(signatureBytes), 0, signatureBytes, 0);
    return imageKind(buffer) !== null;
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
  }
}
