import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { create } from 'zustand';
import { ErrorCard } from './error-card.tsx';
import { reportOf } from './report.ts';

interface FailuresState {
  /** The last failure that no part of the page shows itself. */
  readonly failure: ErrorReport | null;
}

const useFailures = create<FailuresState>()(() => ({ failure: null }));

export const showFailure = (error: unknown): void =>
  useFailures.setState({ failure: reportOf(error) });

/** Nothing fails in silence: what no action of the page has caught is shown like any other error. */
window.addEventListener('unhandledrejection', ({ reason }) => showFailure(reason));

export function Failures() {
  const { failure } = useFailures();
  if (!failure) return null;
  return (
    <div className="mb-4">
      <ErrorCard error={failure} onDismiss={() => useFailures.setState({ failure: null })} />
    </div>
  );
}
