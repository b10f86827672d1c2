import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';

export function ErrorCard({ error }: { error: ErrorReport }) {
  return (
    <section
      role="alert"
      data-code={error.code}
      className="card border-red-400 dark:border-red-800"
    >
      <p className="font-medium">{error.message}</p>
      <p>{error.todo}</p>
      <p className="mt-2 text-sm text-stone-600 dark:text-stone-400">{error.code}</p>
    </section>
  );
}
