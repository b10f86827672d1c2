import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import type { ReceivedSoFar } from './save-remote.ts';

interface TransferBarProps {
  readonly label: string;
  readonly text: 'server.saving' | 'server.fetching';
  readonly received: ReceivedSoFar;
}

/** How much of a file has come from the server. */
export function TransferBar({ label, text, received }: TransferBarProps) {
  const t = useT();
  const { receivedBytes, totalBytes } = received;
  return (
    <div className="w-full" role="status">
      <p className="mb-1 text-sm tabular-nums">
        {t(text, { received: formatBytes(receivedBytes), total: formatBytes(totalBytes) })}
      </p>
      <ProgressBar label={label} share={receivedBytes / Math.max(1, totalBytes)} />
    </div>
  );
}
