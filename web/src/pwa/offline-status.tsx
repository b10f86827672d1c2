import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { errorText } from '../i18n/texts.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { usePwa } from './store.ts';

/** Whether jobs run here without a network, and what the user can do about it. */
export function OfflineStatus() {
  const t = useT();
  const { state, isMetered, receivedBytes, totalBytes, error } = usePwa(({ offline }) => offline);
  const words = {
    unavailable: () => t('pwa.offlineUnavailable'),
    idle: () => t(isMetered ? 'pwa.offlineMetered' : 'pwa.offlineIdle'),
    loading: () =>
      t('pwa.offlineLoading', {
        received: formatBytes(receivedBytes),
        total: formatBytes(totalBytes),
      }),
    ready: () => t('pwa.offlineReady'),
    failed: () => (error ? Object.values(errorText(t, error)).join(' ') : ''),
  };
  return (
    <div className="grid gap-3" data-offline={state}>
      <p className="text-sm text-muted">{words[state]()}</p>
      {state === 'loading' && (
        <ProgressBar label={words.loading()} share={receivedBytes / Math.max(1, totalBytes)} />
      )}
      {(state === 'idle' || state === 'failed') && <LoadButton />}
      <InstallButton />
    </div>
  );
}

function LoadButton() {
  const t = useT();
  const load = async () => {
    const { loadNow } = await import('./offline.ts');
    await loadNow();
  };
  return (
    <button type="button" className="button-quiet justify-self-start" onClick={() => void load()}>
      {t('pwa.offlineLoad')}
    </button>
  );
}

function InstallButton() {
  const t = useT();
  const { installPrompt } = usePwa();
  if (!installPrompt) return null;
  const install = () => {
    // The browser lets each prompt be used once.
    usePwa.setState({ installPrompt: null });
    void installPrompt.prompt();
  };
  return (
    <button type="button" className="button-quiet justify-self-start" onClick={install}>
      {t('pwa.install')}
    </button>
  );
}
