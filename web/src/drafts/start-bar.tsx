import { Play } from 'lucide-react';
import { useLocation } from 'wouter';
import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import { PlaceChoice } from '../server/place-choice.tsx';
import type { Draft } from './draft.ts';
import { useDrafts } from './drafts-store.ts';

/** Starts this file, or all of them. */
export function StartBar({ draft }: { draft: Draft }) {
  const t = useT();
  const [, navigate] = useLocation();
  const { drafts, start, applyToAll, isStarting } = useDrafts();
  const others = drafts.filter(({ id, spec }) => id !== draft.id && spec !== null);
  const begin = async (ids: readonly string[]) => {
    try {
      const [first, ...rest] = await start(ids);
      if (first) navigate(rest.length > 0 ? '/queue' : `/job/${first}`);
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <div className="sticky bottom-0 z-10 -mx-1 flex flex-col gap-2 border-t border-line bg-canvas px-1 py-3">
      <PlaceChoice draft={draft} />
      <button
        type="button"
        className="button min-h-12 text-base"
        disabled={isStarting}
        onClick={() => void begin([draft.id])}
      >
        <Play size={18} aria-hidden />
        {t('drafts.start')}
      </button>
      {others.length > 0 && (
        <div className="flex gap-2">
          <button
            type="button"
            className="button-quiet grow"
            disabled={isStarting}
            onClick={() => void begin([draft.id, ...others.map(({ id }) => id)])}
          >
            {t('drafts.startAll', { count: others.length + 1 })}
          </button>
          <button type="button" className="button-quiet grow" onClick={() => applyToAll(draft.id)}>
            {t('drafts.applyToAll')}
          </button>
        </div>
      )}
    </div>
  );
}
