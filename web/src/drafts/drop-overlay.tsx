import { useT } from '../i18n/language.ts';

export function DropOverlay() {
  const t = useT();
  return (
    <div className="pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-3xl border-4 border-dashed border-accent bg-canvas/85">
      <p className="text-2xl font-semibold">{t('drafts.dropNow')}</p>
    </div>
  );
}
