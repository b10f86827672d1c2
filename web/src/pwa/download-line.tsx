import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { usePwa } from './store.ts';

/** What the work shown beside it waits for: runtimes and models that are still on their way. */
export function DownloadLine() {
  const t = useT();
  const download = usePwa((state) => state.download);
  if (!download) return null;
  const { receivedBytes, totalBytes } = download;
  const words = t('pwa.downloading', {
    received: formatBytes(receivedBytes),
    total: formatBytes(totalBytes),
  });
  return (
    <div className="grid gap-1" data-downloading>
      <p className="text-sm">{words}</p>
      <ProgressBar label={words} share={receivedBytes / totalBytes} />
    </div>
  );
}
