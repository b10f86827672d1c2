import type { BlobFolder } from '@clearreel/shared/segments/blob-folder';
import { expose } from 'comlink';
import { OpfsFolder } from './opfs-folder.ts';

export type FolderWorker = BlobFolder & { open(name: string): Promise<void> };

let folder: OpfsFolder | null = null;

const opened = (): OpfsFolder => {
  if (!folder) throw new Error('no folder is open');
  return folder;
};

/** An `OpfsFolder` in a worker of its own, because synchronous access handles exist only in workers. */
const worker: FolderWorker = {
  async open(name) {
    const root = await navigator.storage.getDirectory();
    folder = new OpfsFolder(await root.getDirectoryHandle(name, { create: true }));
  },
  write: (name, chunks) => opened().write(name, chunks),
  read: (name) => opened().read(name),
  list: () => opened().list(),
  remove: (name) => opened().remove(name),
};

expose(worker);
