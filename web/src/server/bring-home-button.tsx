import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { Monitor } from 'lucide-react';
import { useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { problemHere } from '../estimate/problem-here.ts';
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
  const reachSource = useQueue((state) => state.reachSource);
  const [isBusy, setBusy] = useState(false);
  const possible = usePossible(job);
  if (possible === 'no') return null;
  const bring = async () => {
    if (possible === 'perhaps') {
      // Not looked at yet; what the server has must not go for nothing.
      const file = await reachSource(job, true);
      const problem = file && (await problemHere(file, job, never));
      if (problem) throw ClearReelError.fromReport(problem);
    }
    await bringHome(job.id);
  };
  const press = () => {
    setBusy(true);
    bring()
      .catch(showFailure)
      .finally(() => setBusy(false));
  };
  return (
    <button type="button" className="button-quiet" disabled={isBusy} onClick={press}>
      <Monitor size={16} aria-hidden />
      {t('server.bringHome')}
    </button>
  );
}

const never = new AbortController().signal;

/** `perhaps` where the file is behind a question for permission, which only a click may ask. */
type Possible = 'yes' | 'perhaps' | 'no';

function usePossible(job: JobRecord): Possible {
  const reachSource = useQueue((state) => state.reachSource);
  const [possible, setPossible] = useState<Possible>('no');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record is read anew now and then, its source and its spec stay the same
  useEffect(() => {
    const leaving = new AbortController();
    const look = async (): Promise<Possible> => {
      const file = await reachSource(job, false);
      if (!file) return job.source.hasHandle ? 'perhaps' : 'no';
      return (await problemHere(file, job, leaving.signal)) ? 'no' : 'yes';
    };
    look().then(
      (found) => leaving.signal.aborted || setPossible(found),
      (error) => leaving.signal.aborted || showFailure(error),
    );
    return () => leaving.abort();
  }, [job.id, reachSource]);
  return possible;
}
