import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { isJunk } from '@clearreel/shared/sequence/image-kind';
import { inNaturalOrder } from '@clearreel/shared/sequence/numbering';
import type { SequenceImage } from '@clearreel/shared/sequence/sequence-image';
import { codeOf } from '../storage/disk-error.ts';

/** Files of a folder that may be pictures, in natural order of their names; those in folders inside it are not read. */
export async function folderImages(folder: string): Promise<SequenceImage[]> {
  const names = (await readdir(folder).catch(refuseAsChanged))
    .filter((name) => !isJunk(name))
    .sort(inNaturalOrder);
  const found = names.map(async (name) => {
    const path = join(folder, name);
    const entry = await stat(path).catch((error: unknown) => {
      // A link that leads nowhere.
      if (codeOf(error) === 'ENOENT') return null;
      return refuseAsChanged(error);
    });
    // To open a pipe would wait for its other end.
    if (!entry?.isFile()) return [];
    const read = (limit: number) => readStart(path, Math.min(limit, entry.size));
    return [{ name, bytes: entry.size, read }];
  });
  return (await Promise.all(found)).flat();
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
