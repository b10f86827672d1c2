import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '../i18n/language.ts';
import { errorText } from '../i18n/texts.ts';

interface ProblemsProps {
  readonly problems: readonly ErrorReport[];
  /** A button that does what the problem advises. */
  action?(problem: ErrorReport): ReactNode;
}

/** What a job would be refused for unless the user decides otherwise: said before the start. */
export function Problems({ problems, action }: ProblemsProps) {
  const t = useT();
  if (problems.length === 0) return null;
  return (
    <ul
      aria-label={t('error.problems')}
      className="flex flex-col gap-2 rounded-2xl border border-warn bg-warn-soft p-4 text-sm"
    >
      {problems.map((problem) => (
        <li key={problem.code} data-code={problem.code} className="flex gap-2.5">
          <TriangleAlert size={18} aria-hidden className="mt-px shrink-0 text-warn" />
          <span>
            <span className="font-semibold">{errorText(t, problem).message}</span>{' '}
            {errorText(t, problem).todo}
            {action?.(problem)}
          </span>
        </li>
      ))}
    </ul>
  );
}
