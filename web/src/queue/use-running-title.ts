import { useEffect } from 'react';
import { formatPercent } from '../i18n/format.ts';
import { translate } from '../i18n/language.ts';
import type { QueueState } from './queue-state.ts';
import { useQueue } from './queue-store.ts';
import { shownProgress } from './shown-progress.ts';

/** What this device does comes first; of what servers do, what is sent or done just now. */
function shownJob({ running, remote }: QueueState): string | undefined {
  const [job] =
    [...remote].find(([, { phase }]) => phase === 'upload' || phase === 'running') ?? [];
  return running?.jobId ?? job;
}

/** `42 % – holiday.mp4 – ClearReel`, so that the tab tells how far it is. */
export function useRunningTitle(): void {
  const name = useQueue(
    (state) => state.queue.find(({ id }) => id === shownJob(state))?.source.name,
  );
  const percent = useQueue((state) => {
    const job = state.queue.find(({ id }) => id === shownJob(state));
    const running = state.running?.jobId === job?.id ? state.running : null;
    const work = state.remote.get(job?.id ?? '') ?? null;
    return job ? Math.floor(100 * (shownProgress(job, running, work).share ?? 0)) : 0;
  });
  useEffect(() => {
    const app = translate('app.name');
    document.title = name ? `${formatPercent(percent / 100)} – ${name} – ${app}` : app;
  }, [name, percent]);
}
