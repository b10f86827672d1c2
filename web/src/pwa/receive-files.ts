import { asClearReelError, ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { PickedFile } from '../drafts/file-handles.ts';
import { sharedPage } from './names.ts';

/** Which not every browser has, nor TypeScript's library. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemHandle[] }) => void): void;
}

const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';

/**
 * Delivers files that come from outside of the page: opened with the installed app (with their handles), or shared to it
 * by another one. They may come at any time, also before this is called.
 */
export function receiveFiles(
  onFiles: (files: readonly PickedFile[]) => void,
  onError: (error: ClearReelError) => void,
): void {
  const attempt = async (get: () => Promise<readonly PickedFile[]>) => {
    try {
      onFiles(await get());
    } catch (error) {
      onError(asClearReelError(error, 'SHARE_LOST'));
    }
  };
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    const handles = files.filter(isFile);
    if (handles.length === 0) return;
    void attempt(() =>
      Promise.all(handles.map(async (handle) => ({ handle, file: await handle.getFile() }))),
    );
  });
  const lookForShared = () => {
    if (location.hash !== new URL(sharedPage, location.href).hash) return;
    // Not to be asked for again by a reload or the back button.
    location.replace('#/');
    void attempt(async () => {
      const { takeShared } = await import('./share-inbox.ts');
      const files = await takeShared();
      if (files.length === 0) throw new ClearReelError('SHARE_LOST');
      return files.map((file) => ({ file }));
    });
  };
  lookForShared();
  addEventListener('hashchange', lookForShared);
}
