import { constants, createReadStream, lstatSync } from 'node:fs';
import { copyFile, link, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isNamedAsImage } from '@clearreel/shared/sequence/image-kind';
import { jobSpecSchema } from '@clearreel/shared/spec/job-spec';
import type { FinishedRun } from '../engine/run-job.ts';
import { codeOf, diskError } from '../storage/disk-error.ts';
import { UsageError } from './usage.ts';

/**
 * @throws UsageError where OUTPUT is no name for a video, or what has it must stay: a source, what is no file, and
 * without `--force` anything.
 */
export async function checkOutput(
  inputs: readonly string[],
  output: string,
  container: string | undefined,
  force: boolean,
): Promise<void> {
  if (/[/\\]$/.test(output)) throw new UsageError(`${output} names a folder, not a file`);
  const there = await stat(output).catch(() => null);
  if (there && !there.isFile()) {
    throw new UsageError(`${output} is there already, and is not a file`);
  }
  requireVideoName(output, container);
  if (there) {
    for (const source of await Promise.all(inputs.map((path) => stat(path).catch(() => null)))) {
      if (there.ino !== source?.ino || there.dev !== source.dev) continue;
      throw new UsageError(`${output} is the source itself; choose another name for the result`);
    }
  }
  // A link to nothing has its name as well.
  requireFree(output, force);
}

const { options: containers } = jobSpecSchema.shape.output.shape.container;

/** Where OUTPUT was forgotten, the last of several pictures stands in its place. */
function requireVideoName(output: string, container: string | undefined): void {
  const type = extname(output).slice(1).toLowerCase();
  if (isNamedAsImage(output)) {
    throw new UsageError(`OUTPUT must be the name of a video, and ${output} is that of a picture`);
  }
  if (container !== undefined || type === '' || containers.some((each) => each === type)) return;
  const types = containers.map((each) => `.${each}`).join(', ');
  throw new UsageError(`${output} must end in one of ${types}; or choose one with --container`);
}

function requireFree(output: string, force: boolean): void {
  if (!force && isThere(output)) {
    throw new UsageError(`${output} exists already; --force overwrites it`);
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Below a file, or with a name that is too long: whoever writes there is told so.
    return false;
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

type Delivered = Pick<FinishedRun['result'], 'storedName' | 'fileName' | 'sideFiles'>;

/** Brings the result to where it was wanted. Gives the paths of what was saved beside it. */
export async function deliver(
  result: Delivered,
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
  const added: string[] = [];
  try {
    for (const { from, to } of beside) {
      const isNew = !isThere(to);
      await copyBeside(from, to, force);
      if (isNew) added.push(to);
    }
    await publish(path, output, force);
  } catch (error) {
    // Left there, they would stand in the way of the same call, which goes on from the parts.
    for (const to of added) await rm(to, { force: true });
    throw error;
  }
  await rm(path, { force: true });
  return beside.map(({ to }) => to);
}
