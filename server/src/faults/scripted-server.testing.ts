import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { z } from 'zod';
import { ServerParts } from '../workers/testing/server-parts.testing.ts';

/** A server of its own process, without HTTP: what it is asked for comes over the channel to who started it. */
const callSchema = z.object({ call: z.number(), method: z.string(), args: z.array(z.unknown()) });

const [folder = '', workers = '1'] = process.argv.slice(2);
const parts = await ServerParts.open({
  folder,
  workers: Number(workers),
  // Short enough to be waited for, long enough for a machine that others use too.
  timing: { leaseMs: 5000 },
});

const filler = join(folder, 'filler');

const own: Record<string, () => Promise<void>> = {
  async fillDisk() {
    // The last bytes in small pieces, so that really none is left.
    const fill = async (chunk: Buffer) => {
      for (;;) await writeFile(filler, chunk, { flag: 'a' });
    };
    for (const bytes of [65_536, 512, 1]) await fill(Buffer.alloc(bytes)).catch(() => {});
  },
  freeDisk: () => rm(filler),
  stop: () => parts.close(10_000),
};

process.on('message', async (message) => {
  const { call, method, args } = callSchema.parse(message);
  try {
    const target = parts.repository as unknown as Record<string, (...args: unknown[]) => unknown>;
    const value = await (own[method]?.() ?? target[method]?.call(parts.repository, ...args));
    process.send?.({ call, value });
  } catch (error) {
    const report = error instanceof ClearReelError ? error.toReport() : String(error);
    process.send?.({ call, report });
  }
});
process.on('disconnect', () => process.exit());
process.send?.({ call: 0 });
