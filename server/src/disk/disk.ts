import { statfs } from 'node:fs/promises';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';

export interface DiskSpace {
  readonly totalBytes: number;
  readonly freeBytes: number;
}

/** What a folder's disk has, for whoever the server runs as. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bsize, blocks, bavail } = await statfs(folder);
  return { totalBytes: bsize * blocks, freeBytes: bsize * bavail };
}

/** The data folder's disk, some of which is kept free, so that jobs that run can end. */
export class Disk {
  readonly keptFreeBytes: number;
  readonly space: () => Promise<DiskSpace>;

  constructor(keptFreeBytes: number, space: () => Promise<DiskSpace>) {
    this.keptFreeBytes = keptFreeBytes;
    this.space = space;
  }

  /** @throws ClearReelError `DISK_LOW` where so many more bytes would leave less than is kept free. */
  async admit(bytes: number): Promise<void> {
    const { freeBytes } = await this.space();
    if (freeBytes - bytes >= this.keptFreeBytes) return;
    throw new ClearReelError('DISK_LOW', { freeBytes, keptFreeBytes: this.keptFreeBytes });
  }
}
