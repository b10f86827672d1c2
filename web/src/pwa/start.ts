import { asClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { linkToDrafts } from './app-links.ts';
import { type DownloadNews, hearDownloads } from './download-news.ts';
import { pageLock } from './names.ts';
import { type InstallPrompt, setOffline, usePwa } from './store.ts';

/** Says of which build this page is, for as long as it is open. */
function holdPageLock(): void {
  const { src } = document.querySelector<HTMLScriptElement>('script[type="module"]') ?? {};
  if (!src) return;
  const forEver = new Promise<void>(() => {});
  void navigator.locks.request(
    `${pageLock}${new URL(src).pathname}`,
    { mode: 'shared' },
    () => forEver,
  );
}

/** A worker that is ended in the middle of a download says nothing more. */
const silentMs = 10_000;

function showDownloads(): void {
  const running = new Map<string, DownloadNews & { readonly heardMs: number }>();
  const show = () => {
    const all = [...running.values()];
    const sum = (of: (news: DownloadNews) => number) => all.reduce((n, news) => n + of(news), 0);
    const download = {
      receivedBytes: sum(({ receivedBytes }) => receivedBytes),
      totalBytes: sum(({ totalBytes }) => totalBytes),
    };
    usePwa.setState({ download: all.length > 0 ? download : null });
  };
  hearDownloads((news) => {
    const heardMs = performance.now();
    running.set(news.url, { ...news, heardMs });
    if (news.receivedBytes === news.totalBytes) running.delete(news.url);
    show();
    setTimeout(() => {
      if (running.get(news.url)?.heardMs !== heardMs) return;
      running.delete(news.url);
      show();
    }, silentMs);
  });
}

function offerToInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    usePwa.setState({ installPrompt: event as InstallPrompt });
  });
  addEventListener('appinstalled', () => usePwa.setState({ installPrompt: null }));
}

/** Once, when the page starts. Whatever can wait comes after the page is loaded and idle. */
export function startPwa(): void {
  holdPageLock();
  showDownloads();
  offerToInstall();
  linkToDrafts();
  if (!('serviceWorker' in navigator)) {
    setOffline({ state: 'unavailable' });
    return;
  }
  // The development server has no service worker.
  if (!import.meta.env.PROD) return;
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  const start = () => idle(() => void startBackground());
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}

async function startBackground(): Promise<void> {
  try {
    const background = await import('./background.ts');
    await background.startBackground();
  } catch (error) {
    setOffline({ state: 'failed', error: asClearReelError(error, 'OFFLINE_FAILED').toReport() });
  }
}
