import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

interface Secret {
  readonly value: string;
  readonly isNew: boolean;
}

/** A random text that stays the same as long as the data folder does; only its owner may read the file. */
export async function keptSecret(dataFolder: string, name: 'token' | 'link-key'): Promise<Secret> {
  const path = join(dataFolder, name);
  const value = randomBytes(32).toString('base64url');
  try {
    await writeFile(path, value, { mode: 0o600, flag: 'wx', flush: true });
    return { value, isNew: true };
  } catch (error) {
    if (!isTaken(error)) throw error;
    return { value: (await readFile(path, 'utf8')).trim(), isNew: false };
  }
}
