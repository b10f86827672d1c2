import { Settings } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useT } from '../i18n/language.ts';

const SettingsDialog = lazy(() => import('./settings-dialog.tsx'));

const pages = [
  ['/', 'app.enhance'],
  ['/queue', 'app.queue'],
  ['/history', 'app.history'],
] as const;

export function Header() {
  const t = useT();
  const [path] = useLocation();
  const [isOpen, setOpen] = useState(false);
  return (
    <header className="mx-auto flex max-w-[100rem] flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 sm:px-6">
      <Link href="/" className="flex items-center gap-2.5 rounded-lg text-lg font-semibold">
        <img src="/icon.svg" alt="" width={28} height={28} />
        {t('app.name')}
      </Link>
      <nav
        aria-label={t('app.mainNavigation')}
        className="order-3 flex w-full gap-1 sm:order-2 sm:w-auto"
      >
        {pages.map(([href, key]) => (
          <Link
            key={href}
            href={href}
            aria-current={path === href ? 'page' : undefined}
            className="rounded-lg px-3 py-2 text-sm font-medium text-muted hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:text-ink"
          >
            {t(key)}
          </Link>
        ))}
      </nav>
      <button
        type="button"
        className="button-bare order-2 ml-auto sm:order-3"
        aria-label={t('app.settings')}
        onClick={() => setOpen(true)}
      >
        <Settings size={20} aria-hidden />
      </button>
      {isOpen && (
        <Suspense>
          <SettingsDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </header>
  );
}
