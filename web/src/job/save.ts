import type { ResultFile } from './result-files.ts';

/** File System Access, which not every browser has (nor TypeScript's library). */
interface Saver {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

export const canSaveTo = (): boolean => (window as Saver).showSaveFilePicker !== undefined;

/** Streams the file to where the user wants it; nothing happens when the user wants it nowhere. */
export async function saveTo({ name, file }: ResultFile): Promise<void> {
  let handle: FileSystemFileHandle | undefined;
  try {
    handle = await (window as Saver).showSaveFilePicker?.({ suggestedName: name });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    throw error;
  }
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
