import { useEffect } from 'react';
import { formatPercent } from '../i18n/format.ts';
import { translate } from '../i18n/language.ts';
import { useQueue } from './queue-store.ts';

/** `42 % – holiday.mp4 – ClearReel`, so that the tab tells how far it is. */
export function useRunningTitle(): void {
  const name = useQueue(
    ({ running, queue }) => queue.find(({ id }) => id === running?.jobId)?.source.name,
  );
  const percent = useQueue(({ running }) => {
    const { framesDone = 0, framesTotal = 0 } = running?.progress ?? {};
    return framesTotal > 0 ? Math.floor((100 * framesDone) / framesTotal) : 0;
  });
  useEffect(() => {
    const app = translate('app.name');
    document.title = name ? `${formatPercent(percent / 100)} – ${name} – ${app}` : app;
  }, [name, percent]);
}
