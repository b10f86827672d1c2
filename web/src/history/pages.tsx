import { ChevronLeft, ChevronRight } from 'lucide-react';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';

interface PagesProps {
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  onShow(page: number): void;
}

export function Pages({ page, pages, onShow }: PagesProps) {
  const t = useT();
  if (pages < 2) return null;
  return (
    <nav aria-label={t('history.pages')} className="mt-5 flex items-center justify-center gap-3">
      <button
        type="button"
        className="button-quiet"
        aria-label={t('history.previousPage')}
        disabled={page === 0}
        onClick={() => onShow(page - 1)}
      >
        <ChevronLeft size={18} aria-hidden />
      </button>
      <span className="text-sm tabular-nums">
        {t('history.pageOf', { page: formatNumber(page + 1), pages: formatNumber(pages) })}
      </span>
      <button
        type="button"
        className="button-quiet"
        aria-label={t('history.nextPage')}
        disabled={page === pages - 1}
        onClick={() => onShow(page + 1)}
      >
        <ChevronRight size={18} aria-hidden />
      </button>
    </nav>
  );
}
