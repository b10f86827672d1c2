import type { Notice } from '@clearreel/shared/media/facts';
import { Info } from 'lucide-react';
import { useT } from '../i18n/language.ts';
import { noticeText } from '../i18n/texts.ts';

/** What the user should know and need not act upon. */
export function Notices({ notices }: { notices: readonly Notice[] }) {
  const t = useT();
  if (notices.length === 0) return null;
  return (
    <ul
      aria-label={t('error.notices')}
      className="flex flex-col gap-1.5 rounded-2xl border border-line bg-raised p-4 text-sm"
    >
      {notices.map((notice) => (
        <li key={notice.message} data-code={notice.code} className="flex gap-2.5">
          <Info size={18} aria-hidden className="mt-px shrink-0 text-accent" />
          <span>{noticeText(t, notice)}</span>
        </li>
      ))}
    </ul>
  );
}
