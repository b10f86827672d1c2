import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StreamTargetChunk } from 'mediabunny';
import { diskError } from '../storage/disk-error.ts';
import { writeAll } from '../storage/write-all.ts';

/**
 * A file that a muxer writes in chunks, not always from the front to the back. On the disk once it is closed.
 * `changeHead` may change the first chunk, which holds the whole header.
 */
export async function resultStream(
  path: string,
  changeHead: ((head: Uint8Array) => void) | null,
): Promise<WritableStream<StreamTargetChunk>> {
  const coded = (error: unknown) => diskError(error, dirname(path));
  const file = await open(path, 'w').catch(async (error: unknown) => {
    throw await coded(error);
  });
  return new WritableStream({
    async write({ data, position }) {
      try {
        if (position === 0) changeHead?.(data);
        await writeAll(file, data, position);
      } catch (error) {
        throw await coded(error);
      }
    },
    async close() {
      try {
        await file.sync();
      } catch (error) {
        throw await coded(error);
      } finally {
        await file.close();
      }
    },
    abort: () => file.close(),
  });
}
