import { HardDrive } from 'lucide-react';
import { useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { onJobsChanged } from '../jobs/job-changes.ts';
import { jobDb } from '../jobs/job-db.ts';
import { useStoragePreferences } from '../storage/storage-preferences.ts';
import { CleanUpDialog } from './clean-up-dialog.tsx';
import { type StorageUse, storageUse } from './storage-use.ts';

function useStorageUse(): StorageUse | null {
  const [use, setUse] = useState<StorageUse | null>(null);
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const found = await storageUse(await jobDb.list());
      if (!isGone) setUse(found);
    };
    const readAloud = () => void read().catch(showFailure);
    readAloud();
    const stop = onJobsChanged(readAloud);
    return () => {
      isGone = true;
      stop();
    };
  }, []);
  return use;
}

/** How much of the browser's room the jobs take, and the way to get some back. */
export function StorageBar() {
  const t = useT();
  const use = useStorageUse();
  const isPersistent = useStoragePreferences((state) => state.isPersistent);
  const [isOpen, setOpen] = useState(false);
  if (!use) return null;
  const free = use.quotaBytes === null ? null : use.quotaBytes - (use.usedBytes ?? 0);
  return (
    <section
      aria-label={t('history.storage')}
      className="mt-6 flex flex-wrap items-center gap-3 rounded-2xl border border-line bg-surface p-4 text-sm"
    >
      <HardDrive size={18} aria-hidden className="text-muted" />
      <p className="grow">
        {t('history.used', { size: formatBytes(use.jobBytes) })}
        {free !== null && ` ${t('history.free', { size: formatBytes(free) })}`}
        {isPersistent === false && ` ${t('history.notPersistent')}`}
      </p>
      <button type="button" className="button-quiet" onClick={() => setOpen(true)}>
        {t('history.cleanUp')}
      </button>
      {isOpen && <CleanUpDialog onClose={() => setOpen(false)} />}
    </section>
  );
}
