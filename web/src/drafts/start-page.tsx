import { lazy, Suspense } from 'react';
import { useT } from '../i18n/language.ts';
import { useDrafts } from './drafts-store.ts';
import { DropOverlay } from './drop-overlay.tsx';
import { useIntake } from './use-intake.ts';
import { Welcome } from './welcome.tsx';

const Workspace = lazy(() => import('./workspace.tsx'));

export function StartPage() {
  const t = useT();
  const isOver = useIntake();
  const hasDrafts = useDrafts(({ drafts }) => drafts.length > 0);
  return (
    <>
      {isOver && <DropOverlay />}
      {hasDrafts ? (
        <Suspense fallback={<p className="py-16 text-center text-muted">{t('app.loading')}</p>}>
          <Workspace />
        </Suspense>
      ) : (
        <Welcome />
      )}
    </>
  );
}
