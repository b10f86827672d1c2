import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { folderImages } from '../sequence/folder-images.ts';

/**
 * Tells a source from another one under the same path: a file by its length, a folder by names and lengths, since
 * pictures that change places change the video.
 * @throws ClearReelError `SOURCE_CHANGED` where it is gone
 */
export async function sourceVersion(path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return `${found.size}`;
    const images = (await folderImages(path)).map(({ name, bytes }) => [name, bytes]);
    return createHash('sha256').update(JSON.stringify(images)).digest('hex');
  } catch (error) {
    throw new ClearReelError('SOURCE_CHANGED', {}, { cause: error });
  }
}
