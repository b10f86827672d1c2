import { constants, createReadStream, lstatSync } from 'node:fs';
import { copyFile, link, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FinishedRun } from '../engine/run-job.ts';
import { codeOf, diskError } from '../storage/disk-error.ts';
import { UsageError } from './usage.ts';

/** @throws UsageError where OUTPUT must stay: the source itself, what is no file, and without `--force` anything. */
export async function checkOutput(input: string, output: string, force: boolean): Promise<void> {
  if (/[/\\]$/.test(output)) throw new UsageError(`${output} names a folder, not a file`);
  const [source, there] = await Promise.all(
    [input, output].map((path) => stat(path).catch(() => null)),
  );
  // Nothing, or a link to nothing, which has its name as well.
  if (!there) return requireFree(output, force);
  if (!there.isFile()) throw new UsageError(`${output} is there already, and is not a file`);
  if (there.ino === source?.ino && there.dev === source.dev) {
    throw new UsageError(`${output} is the source itself; choose another name for the result`);
  }
  requireFree(output, force);
}

function requireFree(output: string, force: boolean): void {
  if (!force && lstatSync(output, { throwIfNoEntry: false })) {
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

async function copyBeside(from: string, to: string, force: boolean): Promise<void> {
  try {
    await copyFile(from, to, force ? 0 : constants.COPYFILE_EXCL);
  } catch (error) {
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
  const beside = result.sideFiles.map(({ storedName, fileName }) => ({
    from: join(resultFolder, storedName),
    to: `${stem}${fileName.startsWith(ownStem) ? fileName.slice(ownStem.length) : `.${fileName}`}`,
  }));
  for (const { to } of beside) requireFree(to, force);
  const copied: string[] = [];
  try {
    for (const { from, to } of beside) {
      await copyBeside(from, to, force);
      copied.push(to);
    }
    await publish(path, output, force);
  } catch (error) {
    // Left there, they would stand in the way of the same call, which goes on from the parts.
    if (!force) for (const to of copied) await rm(to, { force: true });
    throw error;
  }
  await rm(path, { force: true });
  return beside.map(({ to }) => to);
}
