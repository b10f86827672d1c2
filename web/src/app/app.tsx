import { lazy, Suspense, useEffect } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { StartPage } from '../drafts/start-page.tsx';
import { setLanguage, useT } from '../i18n/language.ts';
import { PageAtHand, PageCode } from '../ui/page-at-hand.tsx';
import { Failures } from './failures.tsx';
import { Header } from './header.tsx';
import { usePreferences } from './preferences.ts';

/** After the first picture: jobs of earlier visits, the tab's title. */
const QueueKeeper = lazy(() => import('../queue/queue-keeper.tsx'));
const queuePage = new PageCode(() => import('../queue/queue-page.tsx'));
const jobPage = new PageCode(() => import('../job/job-page.tsx'));
const historyPage = new PageCode(() => import('../history/history-page.tsx'));

/** In a moment when nobody waits. What fails is asked for again when its page is opened. */
function usePagesAtHand(): void {
  useEffect(() => {
    const idle = globalThis.requestIdleCallback ?? setTimeout;
    idle(() => {
      for (const page of [queuePage, jobPage, historyPage]) page.fetch().catch(() => {});
    });
  }, []);
}

function useAppearance(): void {
  const { theme, language } = usePreferences();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => void setLanguage(language), [language]);
}

export function App() {
  useAppearance();
  usePagesAtHand();
  const t = useT();
  return (
    <Router hook={useHashLocation}>
      <button
        type="button"
        className="button sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50"
        onClick={() => document.getElementById('main')?.focus()}
      >
        {t('app.skip')}
      </button>
      <Header />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[100rem] px-4 pb-16 outline-none sm:px-6"
      >
        <Failures />
        <Suspense>
          <QueueKeeper />
        </Suspense>
        <Suspense fallback={<p className="py-16 text-center text-muted">{t('app.loading')}</p>}>
          <Switch>
            <Route path="/queue">
              <PageAtHand code={queuePage} />
            </Route>
            <Route path="/history">
              <PageAtHand code={historyPage} />
            </Route>
            <Route path="/job/:id">
              {({ id }) => <PageAtHand key={id} code={jobPage} jobId={id} />}
            </Route>
            <Route component={StartPage} />
          </Switch>
        </Suspense>
      </main>
    </Router>
  );
}
