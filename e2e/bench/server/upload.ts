import { execFile } from 'node:child_process';
import { appendFile, copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clip } from '../../clips/index.ts';
import { ServerProcess } from '../../driver/server-process.ts';
import type { Effort } from '../effort.ts';
import { rounded, type UploadFigures } from '../figures.ts';
import { median } from '../median.ts';
import { ProcessTreeMemory } from '../process-tree-memory.ts';
import { uploadFile } from './upload-file.ts';

const run = promisify(execFile);

/** A clip that is followed by a `free` box (ISO/IEC 14496-12 §8.1.2) which makes it this large. */
async function largeVideo(path: string, bytes: number): Promise<void> {
  await copyFile(await clip('tiny'), path);
  const box = Buffer.alloc(16);
  box.writeUInt32BE(1, 0); // The size is in the 64 bits behind the type.
  box.write('free', 4, 'latin1');
  box.writeBigUInt64BE(BigInt(bytes - (await stat(path)).size), 8);
  await appendFile(path, box);
  const file = await open(path, 'r+');
  const block = Buffer.alloc(4 * 1024 * 1024, 'not zeros, which some disks leave out ');
  try {
    for (let offset = (await file.stat()).size; offset < bytes; offset += block.length) {
      await file.write(block, 0, Math.min(block.length, bytes - offset), offset);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const startMs = performance.now();
  await work();
  return (performance.now() - startMs) / 1000;
};

/** A large upload against a plain copy, and what it takes of the server's memory. */
export async function measureUpload(effort: Effort): Promise<UploadFigures> {
  const bytes = effort === 'full' ? 1e9 : 2e7;
  const repeats = effort === 'full' ? 3 : 1;
  const folder = await mkdtemp(join(tmpdir(), 'clearreel-upload-'));
  try {
    const [whole, tenth, copy] = ['whole.mp4', 'tenth.mp4', 'copy.mp4'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await largeVideo(whole, bytes);
    await largeVideo(tenth, bytes / 10);
    const uploads: number[] = [];
    const copies: number[] = [];
    const peaks: number[] = [];
    const tenthPeaks: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      copies.push(
        await secondsOf(async () => {
          await run('cp', ['--reflink=never', whole, copy]);
          await run('sync', [copy]);
        }),
      );
      await rm(copy);
      tenthPeaks.push((await uploaded(tenth)).peakBytes);
      const { seconds, peakBytes } = await uploaded(whole);
      uploads.push(seconds);
      peaks.push(peakBytes);
    }
    return {
      bytes,
      repeats,
      megabytesPerSecond: rounded(bytes / 1e6 / median(uploads), 0),
      copyMegabytesPerSecond: rounded(bytes / 1e6 / median(copies), 0),
      tenthPeakBytes: median(tenthPeaks),
      peakBytes: median(peaks),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** By a server that has done nothing before. */
async function uploaded(path: string): Promise<{ seconds: number; peakBytes: number }> {
  await using server = await ServerProcess.start({
    environment: { CLEARREEL_KEEP_FREE_GB: '0' },
  });
  const memory = new ProcessTreeMemory(process.pid);
  memory.start();
  const seconds = await secondsOf(() => uploadFile(server.url, path));
  return { seconds, peakBytes: await memory.stop() };
}
