import { createReadStream, existsSync } from 'node:fs';
import { copyFile, link, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FinishedRun } from '../engine/run-job.ts';
import { codeOf, diskError } from '../storage/disk-error.ts';
import { UsageError } from './usage.ts';

/** Beside the output, so that its parts lie on the same disk, and found again by the next call. */
export const workFolderOf = (output: string): string =>
  join(dirname(resolve(output)), `.${basename(output)}.clearreel`);

export function requireFree(output: string, force: boolean): void {
  if (!force && existsSync(output)) {
    throw new UsageError(`${output} exists already; --force overwrites it`);
  }
}

/** The whole file appears at once under its name, or not at all. */
async function publish(from: string, to: string, force: boolean): Promise<void> {
  try {
    if (force) return await rename(from, to);
    await link(from, to).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      // A file system without hard links.
      await rename(from, to);
    });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') requireFree(to, force);
    throw await diskError(error, dirname(resolve(to)));
  }
}

/** Brings the result to where it was wanted. Gives the paths of what was saved beside it. */
export async function deliver(
  { result }: FinishedRun,
  resultFolder: string,
  output: string,
  force: boolean,
): Promise<readonly string[]> {
  const path = join(resultFolder, result.storedName);
  if (output === '-') {
    await pipeline(createReadStream(path), process.stdout, { end: false });
    return [];
  }
  const ownStem = result.fileName.slice(0, -extname(result.fileName).length);
  const stem = output.slice(0, output.length - extname(output).length);
  const beside: string[] = [];
  for (const { storedName, fileName } of result.sideFiles) {
    const to = `${stem}${fileName.startsWith(ownStem) ? fileName.slice(ownStem.length) : `.${fileName}`}`;
    await copyFile(join(resultFolder, storedName), to);
    beside.push(to);
  }
  await publish(path, output, force);
  await rm(path, { force: true });
  return beside;
}
