import type { JobSpec } from '@clearreel/shared/spec/job-spec';

export interface PickedFile {
  readonly file: File;
  /** Absent where the browser hands out none. */
  readonly handle?: FileSystemFileHandle;
  /** Settings to begin with, instead of those that the app proposes. */
  readonly spec?: JobSpec;
}

/** File System Access, which not every browser has (nor TypeScript's library). */
interface Picker {
  showOpenFilePicker?(options: { multiple: boolean }): Promise<FileSystemFileHandle[]>;
}
type HandleItem = DataTransferItem & {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
};

export const canOpenHandles = (): boolean => (window as Picker).showOpenFilePicker !== undefined;

/** Empty when the user picks nothing. */
export async function openedFiles(): Promise<readonly PickedFile[]> {
  try {
    const handles = (await (window as Picker).showOpenFilePicker?.({ multiple: true })) ?? [];
    return await Promise.all(
      handles.map(async (handle) => ({ handle, file: await handle.getFile() })),
    );
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return [];
    throw error;
  }
}

export async function droppedFiles({ items }: DataTransfer): Promise<readonly PickedFile[]> {
  // All are asked for at once: after the first `await` the items are gone.
  const found = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item: HandleItem) => ({
      file: item.getAsFile(),
      handle: item.getAsFileSystemHandle?.() ?? null,
    }));
  const picked = await Promise.all(
    found.map(async ({ file, handle }): Promise<PickedFile | null> => {
      const opened = await handle;
      if (opened?.kind === 'file') {
        const known = opened as FileSystemFileHandle;
        return { handle: known, file: await known.getFile() };
      }
      return file ? { file } : null;
    }),
  );
  return picked.filter((each) => each !== null);
}
