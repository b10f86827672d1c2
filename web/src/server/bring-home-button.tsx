import { Monitor } from 'lucide-react';
import { useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { canDoHere } from '../estimate/can-do-here.ts';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { useQueue } from '../queue/queue-store.ts';

/**
 * Has this device do what a server does not. It is there where the file is at hand and this device can, or where only a
 * click finds that out.
 */
export function BringHomeButton({ job }: { job: JobRecord }) {
  const t = useT();
  const bringHome = useQueue((state) => state.bringHome);
  const isPossible = usePossible(job);
  if (!isPossible) return null;
  return (
    <button
      type="button"
      className="button-quiet"
      onClick={() => void bringHome(job.id).catch(showFailure)}
    >
      <Monitor size={16} aria-hidden />
      {t('server.bringHome')}
    </button>
  );
}

function usePossible(job: JobRecord): boolean {
  const reachSource = useQueue((state) => state.reachSource);
  const [isPossible, setPossible] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record is read anew now and then, its source and its spec stay the same
  useEffect(() => {
    const leaving = new AbortController();
    const look = async () => {
      const file = await reachSource(job, false);
      const isSo = file
        ? await canDoHere(file, job, leaving.signal)
        : job.source.hasHandle === true;
      if (!leaving.signal.aborted) setPossible(isSo);
    };
    look().catch(showFailure);
    return () => leaving.abort();
  }, [job.id, reachSource]);
  return isPossible;
}
