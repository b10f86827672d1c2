import { useEffect } from 'react';
import { showFailure } from '../app/failures.tsx';
import { useQueue } from './queue-store.ts';
import { useRunningTitle } from './use-running-title.ts';

/** What the queue needs of the page whichever of its views is shown. */
export default function QueueKeeper() {
  const open = useQueue((state) => state.open);
  useEffect(() => void open().catch(showFailure), [open]);
  useRunningTitle();
  return null;
}
