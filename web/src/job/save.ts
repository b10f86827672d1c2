import type { ResultFile } from './result-files.ts';

/** File System Access, which not every browser has (nor TypeScript's library). */
interface Saver {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

export const canSaveTo = (): boolean => (window as Saver).showSaveFilePicker !== undefined;

/** Where the user wants a file; `null` for nowhere. */
export async function chooseTarget(name: string): Promise<FileSystemFileHandle | null> {
  try {
    return (await (window as Saver).showSaveFilePicker?.({ suggestedName: name })) ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/** Streams the file to where the user wants it. */
export async function saveTo({ name, file }: ResultFile): Promise<void> {
  const handle = await chooseTarget(name);
  if (handle) await file.stream().pipeTo(await handle.createWritable());
}

export const canShare = (file: File): boolean => navigator.canShare?.({ files: [file] }) ?? false;

export async function share(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}
