import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../storage/disk-error.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Something in a folder whose name we gave: an id. What has any other name is not ours to touch. */
export interface Named {
  readonly id: string;
  readonly path: string;
}

export async function idsIn(folder: string): Promise<readonly Named[]> {
  const names = await readdir(folder).catch((error) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => uuid.test(name)).map((id) => ({ id, path: join(folder, id) }));
}

export const isThere = async (path: string): Promise<boolean> =>
  (await lstat(path).catch(() => null)) !== null;

/** When something was written last, anywhere below a path; 0 where nothing is. */
export async function touchedAtMs(path: string): Promise<number> {
  const found = await lstat(path).catch(() => null);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path).catch(() => []);
  const below = await Promise.all(names.map((name) => touchedAtMs(join(path, name))));
  return Math.max(found.mtimeMs, ...below);
}

export const removeAll = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 3 });
