import { RotateCcw } from 'lucide-react';
import { CopyDetails } from '../app/copy-details.tsx';
import { useT } from '../i18n/language.ts';
import { errorText } from '../i18n/texts.ts';
import { DownloadLine } from '../pwa/download-line.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { usePreview } from './preview-store.ts';

/** Over the picture: how far the next one is, or why there is none. */
export function PreviewOverlay() {
  const t = useT();
  const { isBusy, progress, error, before, retry } = usePreview();
  if (error) {
    const { message, todo } = errorText(t, error);
    return (
      <div
        role="status"
        data-code={error.code}
        className="absolute inset-x-3 top-10 z-20 mx-auto max-w-lg rounded-xl border border-danger bg-danger-soft p-4 text-ink shadow-lg"
      >
        <p className="font-semibold">{message}</p>
        <p className="mt-0.5 text-sm">{todo}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          <button type="button" className="button" onClick={retry}>
            <RotateCcw size={16} aria-hidden />
            {t('preview.retry')}
          </button>
          <CopyDetails error={error} />
        </div>
      </div>
    );
  }
  return (
    <>
      {isBusy && (
        <div className="pointer-events-none absolute inset-x-0 bottom-0">
          <div className="mx-auto mb-3 w-fit max-w-[90%] rounded-lg bg-surface/95 px-3 py-2 text-ink shadow empty:hidden">
            <DownloadLine />
          </div>
          <ProgressBar label={t('preview.progress')} share={progress} />
        </div>
      )}
      <p role="status" className="sr-only">
        {isBusy ? t(before ? 'preview.enhancing' : 'preview.opening') : t('preview.done')}
      </p>
    </>
  );
}
