/** A file that the user gave, before it is known what it is. */
export interface FoundFile {
  readonly file: File;
  /** Path of the folder that it came in; absent or empty for files given one by one. */
  readonly folder?: string;
  /** Absent where the browser hands out none. */
  readonly handle?: FileSystemFileHandle;
}

/** File System Access, which not every browser has (nor TypeScript's library). */
type HandleItem = DataTransferItem & {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
};

/** All files of a drop or a paste, those inside folders included. */
export async function filesOfDrop({ items }: DataTransfer): Promise<readonly FoundFile[]> {
  // All are asked for at once: after the first `await` the items are gone.
  const asked = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item: HandleItem) => {
      const entry = item.webkitGetAsEntry();
      if (entry?.isDirectory) return filesBelow(entry as FileSystemDirectoryEntry, entry.name);
      return looseFile(item.getAsFile(), item.getAsFileSystemHandle?.() ?? null);
    });
  return (await Promise.all(asked)).flat();
}

async function looseFile(
  file: File | null,
  asked: Promise<FileSystemHandle | null> | null,
): Promise<FoundFile[]> {
  const handle = await asked;
  if (handle?.kind === 'file') {
    const known = handle as FileSystemFileHandle;
    return [{ file: await known.getFile(), folder: '', handle: known }];
  }
  return file ? [{ file, folder: '' }] : [];
}

async function filesBelow(
  directory: FileSystemDirectoryEntry,
  folder: string,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of await entriesOf(directory)) {
    if (entry.isDirectory) {
      const below = await filesBelow(entry as FileSystemDirectoryEntry, `${folder}/${entry.name}`);
      for (const file of below) found.push(file);
    } else {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      );
      found.push({ file, folder });
    }
  }
  return found;
}

/** A reader gives its entries in parts, and none at the end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return entries;
    entries.push(...part);
  }
}

/** Files of an `<input type="file">`, with or without `webkitdirectory`. */
export const filesOfInput = (files: Iterable<File>): readonly FoundFile[] =>
  Array.from(files, (file) => ({
    file,
    folder: file.webkitRelativePath.replace(/\/?[^/]*$/, ''),
  }));
