import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import { useQueue } from './queue-store.ts';

/** Where the browser cannot reach a job's file any more, the user gives it again. */
export function PickAgain({ jobId, name }: { jobId: string; name: string }) {
  const t = useT();
  const provideFile = useQueue((state) => state.provideFile);
  return (
    <label className="button-quiet cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent">
      {t('queue.pickAgain')}
      <input
        type="file"
        className="sr-only"
        aria-label={t('queue.pickAgainFor', { name })}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) provideFile(jobId, file).catch(showFailure);
        }}
      />
    </label>
  );
}
