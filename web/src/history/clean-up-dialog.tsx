import { useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { jobDb } from '../jobs/job-db.ts';
import { useStoragePreferences } from '../storage/storage-preferences.ts';
import { Choose } from '../ui/choose.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { type CleanUpPlan, cleanUp, planCleanUp } from './clean-up.ts';
import { storageUse } from './storage-use.ts';

const dayChoices = [null, 7, 30, 90, 365] as const;
const gigabyteChoices = [null, 1, 5, 20, 100] as const;

const read = (value: string) => (value === '' ? null : Number(value));

/** How long results are kept, and what that deletes now. Nothing goes before the user says so. */
export function CleanUpDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const keep = useStoragePreferences((state) => state.keep);
  const [limits, setLimits] = useState(keep);
  const [plan, setPlan] = useState<CleanUpPlan | null>(null);
  useEffect(() => {
    let isGone = false;
    const look = async () => {
      const jobs = await jobDb.list();
      const found = planCleanUp(jobs, await storageUse(jobs), limits);
      if (!isGone) setPlan(found);
    };
    look().catch(showFailure);
    return () => {
      isGone = true;
    };
  }, [limits]);
  const apply = () => {
    useStoragePreferences.setState({ keep: limits });
    cleanUp(limits).catch(showFailure);
    onClose();
  };
  return (
    <Dialog title={t('history.cleanUp')} isOpen onClose={onClose}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choose
          label={t('history.keepDays')}
          value={limits.days === null ? '' : String(limits.days)}
          options={dayChoices.map((days) =>
            days === null
              ? (['', t('history.forEver')] as const)
              : ([String(days), t('history.days', { count: days })] as const),
          )}
          onChoose={(value) => setLimits({ ...limits, days: read(value) })}
        />
        <Choose
          label={t('history.keepBytes')}
          value={limits.bytes === null ? '' : String(limits.bytes / 1e9)}
          options={gigabyteChoices.map((size) =>
            size === null
              ? (['', t('history.noLimit')] as const)
              : ([String(size), formatBytes(size * 1e9)] as const),
          )}
          onChoose={(value) => {
            const size = read(value);
            setLimits({ ...limits, bytes: size === null ? null : size * 1e9 });
          }}
        />
      </div>
      <p className="mt-4 text-sm text-muted" role="status">
        {plan && plan.jobs.length > 0
          ? t('history.willDelete', { count: plan.jobs.length, size: formatBytes(plan.bytes) })
          : t('history.nothingToDelete')}
      </p>
      <div className="mt-5 flex justify-end gap-2">
        <button type="button" className="button-quiet" onClick={onClose}>
          {t('settings.cancel')}
        </button>
        <button type="button" className="button" onClick={apply}>
          {t('history.applyLimits')}
        </button>
      </div>
    </Dialog>
  );
}
