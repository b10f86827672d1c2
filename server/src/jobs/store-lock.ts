import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { tryLock } from 'fs-native-extensions';

/**
 * Makes this process the only one that uses a folder, until it gives it back or ends, in whatever way: the kernel
 * holds the lock, and it goes with the process.
 * @throws ClearReelError `STORE_BUSY`
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = await open(join(folder, 'lock'), 'a');
  if (tryLock(file.fd)) return () => file.close();
  await file.close();
  throw new ClearReelError('STORE_BUSY', { folder });
}
