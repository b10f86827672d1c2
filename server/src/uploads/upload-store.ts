import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { codeOf, diskError } from '../storage/disk-error.ts';

const isOfDisk: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES']);

/** tus's store of files, which also says why nothing more could be written: its own answer to everything is one. */
export class UploadStore extends FileStore {
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const path = `${this.directory}/${id}`;
    const file = createWriteStream(path, { flags: 'r+', start: offset });
    try {
      await pipeline(bytes, file);
    } catch (error) {
      throw isOfDisk.has(codeOf(error)) ? await diskError(error, this.directory) : error;
    }
    return offset + file.bytesWritten;
  }
}
