import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { segmentsPath } from '../engine/work-folder.ts';
import { diskError } from '../storage/disk-error.ts';

/** Where the parts of a result are until it is whole. */
export interface PartsFolder {
  readonly path: string;
  /** The outermost folder that had to be made for it. */
  readonly made: string | undefined;
}

const keptPath = (output: string) =>
  join(dirname(resolve(output)), `.${shortened(basename(resolve(output)))}.clearreel`);

/** File systems take 255 bytes, and the folder is called a little longer than the output. */
const longestNameBytes = 230;

const shortened = (name: string): string =>
  Buffer.byteLength(name) <= longestNameBytes
    ? name
    : createHash('sha256').update(name).digest('hex');

/** Beside the output, so that its parts lie on the same disk; found again by the next call where it is to be kept. */
export async function openPartsFolder(output: string, isKept: boolean): Promise<PartsFolder> {
  const folder = output === '-' ? tmpdir() : dirname(resolve(output));
  const path = output === '-' ? join(folder, 'clearreel-') : keptPath(output);
  try {
    const made = await mkdir(isKept ? path : folder, { recursive: true });
    return { path: isKept ? path : await mkdtemp(path), made };
  } catch (error) {
    throw await diskError(error, folder);
  }
}

/** Whether a call for this output left something to go on from. */
export const leftParts = (output: string): Promise<boolean> => hasParts(keptPath(output));

/** Whether there is something to go on from. */
export const hasParts = (path: string): Promise<boolean> =>
  readdir(segmentsPath(path)).then(
    (names) => names.length > 0,
    () => false,
  );

/** With the folders that were made for it, where nothing else came into them. */
export async function removePartsFolder({ path, made }: PartsFolder): Promise<void> {
  await rm(path, { recursive: true, force: true });
  if (made === undefined) return;
  for (let folder = dirname(path); folder.length >= made.length; folder = dirname(folder)) {
    const isEmpty = (await readdir(folder)).length === 0;
    if (!isEmpty) return;
    await rmdir(folder);
  }
}
