import { showFailure } from '../app/failures.tsx';
import { useDrafts } from '../drafts/drafts-store.ts';
import { takeIn } from '../drafts/use-intake.ts';
import { holdUnsaved } from './busy.ts';
import { receiveFiles } from './receive-files.ts';

/** Files from outside become drafts, and drafts keep a new version waiting. */
export function linkToDrafts(): void {
  receiveFiles((files) => {
    void takeIn(Promise.resolve(files));
    location.hash = '#/';
  }, showFailure);
  let release: (() => void) | null = null;
  useDrafts.subscribe(({ drafts, isStarting }) => {
    const isUnsaved = drafts.length > 0 || isStarting;
    if (isUnsaved) release ??= holdUnsaved();
    else {
      release?.();
      release = null;
    }
  });
}
