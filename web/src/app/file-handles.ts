export interface PickedFile {
  readonly file: File;
  /** Absent where the browser hands out none. */
  readonly handle?: FileSystemFileHandle;
}

/** File System Access, which not every browser has (nor TypeScript's library). */
interface Picker {
  showOpenFilePicker?(): Promise<FileSystemFileHandle[]>;
}
type HandleItem = DataTransferItem & {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
};

export const canOpenHandles = (): boolean => (window as Picker).showOpenFilePicker !== undefined;

/** `null` when the user picks nothing. */
export async function openedFile(): Promise<PickedFile | null> {
  try {
    const [handle] = (await (window as Picker).showOpenFilePicker?.()) ?? [];
    return handle ? { handle, file: await handle.getFile() } : null;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

export async function droppedFile({ items }: DataTransfer): Promise<PickedFile | null> {
  const item: HandleItem | undefined = [...items].find(({ kind }) => kind === 'file');
  // Both are asked for at once: after the first `await` the items are gone.
  const file = item?.getAsFile();
  const handle = await item?.getAsFileSystemHandle?.();
  if (handle?.kind === 'file') {
    const found = handle as FileSystemFileHandle;
    return { handle: found, file: await found.getFile() };
  }
  return file ? { file } : null;
}
