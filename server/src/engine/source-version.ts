import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { SourcePath } from '../media/source-path.ts';
import { imagesAt } from '../sequence/images-at.ts';

/**
 * Tells a source from another one under the same path: a file by its length, pictures by names and lengths, since those
 * that change places change the video.
 * @throws ClearReelError `SOURCE_CHANGED` where it is gone
 */
export async function sourceVersion(path: SourcePath): Promise<string> {
  try {
    const file = typeof path === 'string' ? await stat(path) : null;
    if (file && !file.isDirectory()) return `${file.size}`;
    const images = (await imagesAt(path)).map(({ name, bytes }) => [name, bytes]);
    return createHash('sha256').update(JSON.stringify(images)).digest('hex');
  } catch (error) {
    throw new ClearReelError('SOURCE_CHANGED', {}, { cause: error });
  }
}
