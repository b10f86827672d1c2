import { useT } from '../i18n/language.ts';
import { usePwa } from './store.ts';
import { applyUpdate } from './update.ts';

/** Floats over every page. The frame is always there, so that screen readers speak of what appears in it. */
export function UpdateNotice() {
  const t = useT();
  const { state } = usePwa(({ update }) => update);
  return (
    <section
      role="status"
      aria-label={t('pwa.updateLabel')}
      className="fixed inset-x-4 bottom-4 z-40 mx-auto max-w-md"
    >
      {state !== 'none' && (
        <div className="card flex items-center gap-4 shadow-lg">
          <p className="grow text-sm">
            {t(state === 'waiting' ? 'pwa.updateWaiting' : 'pwa.updateAfterWork')}
          </p>
          {state === 'waiting' && (
            <button type="button" className="button shrink-0" onClick={() => void applyUpdate()}>
              {t('pwa.updateNow')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
