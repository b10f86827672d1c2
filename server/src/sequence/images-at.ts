import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { isJunk } from '@clearreel/shared/sequence/image-kind';
import { inNaturalOrder } from '@clearreel/shared/sequence/numbering';
import type { SequenceImage } from '@clearreel/shared/sequence/sequence-image';
import type { SourcePath } from '../media/source-path.ts';
import { codeOf } from '../storage/disk-error.ts';

/**
 * Files that may be pictures, in natural order of their names, whoever listed them: all of a folder but what systems
 * put there, or those that were named. Folders inside it are not read.
 */
export async function imagesAt(path: SourcePath): Promise<SequenceImage[]> {
  const listed = typeof path === 'string' ? await pathsIn(path) : path;
  const images = await Promise.all(listed.map(imageAt));
  return images.flat().sort((a, b) => inNaturalOrder(a.name, b.name));
}

async function pathsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(refuseAsChanged);
  return names.filter((name) => !isJunk(name)).map((name) => join(folder, name));
}

async function imageAt(path: string): Promise<SequenceImage[]> {
  const entry = await stat(path).catch((error: unknown) => {
    // A link that leads nowhere.
    if (codeOf(error) === 'ENOENT') return null;
    return refuseAsChanged(error);
  });
  // To open a pipe would wait for its other end.
  if (!entry?.isFile()) return [];
  const read = (limit: number) => readStart(path, Math.min(limit, entry.size));
  return [{ name: basename(path), bytes: entry.size, read }];
}

function refuseAsChanged(cause: unknown): never {
  throw new ClearReelError('SOURCE_CHANGED', {}, { cause });
}

export const bytesOf = (images: readonly SequenceImage[]): number =>
  images.reduce((sum, { bytes }) => sum + bytes, 0);

async function readStart(path: string, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(limit);
  try {
    await using file = await open(path);
    let length = 0;
    while (length < limit) {
      const { bytesRead } = await file.read(bytes, length, limit - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } catch (error) {
    return refuseAsChanged(error);
  }
}
