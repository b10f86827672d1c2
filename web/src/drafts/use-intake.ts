import { useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { type FoundFile, filesOfDrop } from '../sequence/dropped-files.ts';
import { useDrafts } from './drafts-store.ts';

/** Takes files, pictures as sequences; what goes wrong is shown, and nothing picked before is lost. */
export async function takeIn(finding: Promise<readonly FoundFile[]>): Promise<void> {
  try {
    const found = await finding;
    const { gatherSources } = await import('../sequence/gather-sources.ts');
    const picked = await gatherSources(found);
    if (picked.length > 0) useDrafts.getState().add(picked);
  } catch (error) {
    showFailure(error);
  }
}

const hasFiles = (data: DataTransfer | null) => data?.types.includes('Files') ?? false;

/** Files dropped or pasted anywhere on the page. Says whether some hover over it now. */
export function useIntake(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const take = (event: Event, data: DataTransfer | null) => {
      setOver(false);
      if (!data || !hasFiles(data)) return;
      event.preventDefault();
      void takeIn(filesOfDrop(data));
    };
    const onDrop = (event: DragEvent) => take(event, event.dataTransfer);
    const onPaste = (event: ClipboardEvent) => take(event, event.clipboardData);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, []);
  return isOver;
}
