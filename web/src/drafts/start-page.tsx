import { Suspense, useEffect } from 'react';
import { useT } from '../i18n/language.ts';
import { warmUpNow, warmUpWhenIdle } from '../preview/warm-up-when-idle.ts';
import { PageAtHand, PageCode } from '../ui/page-at-hand.tsx';
import { useDrafts } from './drafts-store.ts';
import { DropOverlay } from './drop-overlay.tsx';
import { useIntake } from './use-intake.ts';
import { Welcome } from './welcome.tsx';

const workspace = new PageCode(() => import('./workspace.tsx'));

export function StartPage() {
  const t = useT();
  const isOver = useIntake();
  const hasDrafts = useDrafts(({ drafts }) => drafts.length > 0);
  useEffect(() => warmUpWhenIdle(() => workspace.fetch()), []);
  useEffect(() => {
    if (isOver) void warmUpNow();
  }, [isOver]);
  return (
    <>
      {isOver && <DropOverlay />}
      {hasDrafts ? (
        <Suspense fallback={<p className="py-16 text-center text-muted">{t('app.loading')}</p>}>
          <PageAtHand code={workspace} />
        </Suspense>
      ) : (
        <Welcome />
      )}
    </>
  );
}
