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
