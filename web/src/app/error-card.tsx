import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { CircleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '../i18n/language.ts';
import { errorText } from '../i18n/texts.ts';
import { CopyDetails } from './copy-details.tsx';

interface ErrorCardProps {
  readonly error: ErrorReport;
  /** Buttons that do what the error advises. */
  readonly actions?: ReactNode;
  onDismiss?(): void;
}

/** What happened, what to do, a button that does it, and the details for a report. */
export function ErrorCard({ error, actions, onDismiss }: ErrorCardProps) {
  const t = useT();
  const { message, todo } = errorText(t, error);
  return (
    <section
      role="alert"
      data-code={error.code}
      className="flex gap-3 rounded-2xl border border-danger bg-danger-soft p-4 text-ink"
    >
      <CircleAlert size={22} aria-hidden className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 grow">
        <p className="font-semibold">{message}</p>
        <p className="mt-0.5 text-sm">{todo}</p>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {actions}
          <CopyDetails error={error} />
        </div>
      </div>
      {onDismiss && (
        <button
          type="button"
          className="button-bare self-start"
          aria-label={t('error.dismiss')}
          onClick={onDismiss}
        >
          <X size={18} aria-hidden />
        </button>
      )}
    </section>
  );
}
