import { lazy, Suspense, useEffect } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { StartPage } from '../drafts/start-page.tsx';
import { setLanguage, useT } from '../i18n/language.ts';
import { Failures } from './failures.tsx';
import { Header } from './header.tsx';
import { usePreferences } from './preferences.ts';

/** After the first picture: jobs of earlier visits, the tab's title. */
const QueueKeeper = lazy(() => import('../queue/queue-keeper.tsx'));
const QueuePage = lazy(() => import('../queue/queue-page.tsx'));
const JobPage = lazy(() => import('../job/job-page.tsx'));
const HistoryPage = lazy(() => import('../history/history-page.tsx'));

function useAppearance(): void {
  const { theme, language } = usePreferences();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => void setLanguage(language), [language]);
}

export function App() {
  useAppearance();
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
            <Route path="/queue" component={QueuePage} />
            <Route path="/history" component={HistoryPage} />
            <Route path="/job/:id">{({ id }) => <JobPage key={id} jobId={id} />}</Route>
            <Route component={StartPage} />
          </Switch>
        </Suspense>
      </main>
    </Router>
  );
}
