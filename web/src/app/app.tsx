import { useEffect } from 'react';
import { ErrorCard } from './error-card.tsx';
import { JobList } from './job-list.tsx';
import { ProgressCard } from './progress-card.tsx';
import { ResultCard } from './result-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { SourceCard } from './source-card.tsx';
import { useApp } from './store.ts';

export function App() {
  const { open, error, spec, inspection, isRunning, job } = useApp();
  useEffect(() => void open(), [open]);
  return (
    <main className="mx-auto flex max-w-3xl flex-col gap-5 p-6">
      <header>
        <h1 className="text-2xl font-semibold">ClearReel</h1>
        <p className="text-stone-600 dark:text-stone-400">
          Makes videos larger and clearer on your own machine. Nothing is uploaded.
        </p>
      </header>
      <SourceCard />
      {error && <ErrorCard error={error} />}
      {spec && inspection && <SettingsCard spec={spec} />}
      {isRunning && <ProgressCard />}
      {job?.state === 'completed' && <ResultCard key={job.id} job={job} />}
      <JobList />
    </main>
  );
}
