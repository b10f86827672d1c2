import { CircleAlert, Plus, X } from 'lucide-react';
import { useT } from '../i18n/language.ts';
import type { Draft } from './draft.ts';
import { useDrafts } from './drafts-store.ts';
import { FileButton } from './file-button.tsx';

interface DraftStripProps {
  readonly drafts: readonly Draft[];
  readonly currentId: string;
}

/** The picked files side by side. */
export function DraftStrip({ drafts, currentId }: DraftStripProps) {
  const t = useT();
  const { select, remove } = useDrafts();
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <ul aria-label={t('drafts.files')} className="contents">
        {drafts.map(({ id, file, error, inspection }) => (
          <li
            key={id}
            className={`flex max-w-full items-center rounded-lg border ${
              id === currentId ? 'border-accent bg-accent-soft' : 'border-line bg-surface'
            }`}
          >
            <button
              type="button"
              aria-current={id === currentId}
              className="flex min-h-10 min-w-0 items-center gap-2 rounded-lg px-3 text-sm font-medium"
              onClick={() => select(id)}
            >
              {error && !inspection && (
                <CircleAlert
                  size={16}
                  className="shrink-0 text-danger"
                  aria-label={t('drafts.refused')}
                />
              )}
              <span className="truncate">{file.name}</span>
            </button>
            <button
              type="button"
              className="button-bare"
              aria-label={t('drafts.remove', { name: file.name })}
              onClick={() => remove(id)}
            >
              <X size={16} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <FileButton className="button-bare">
        <Plus size={16} aria-hidden />
        {t('drafts.addFiles')}
      </FileButton>
    </div>
  );
}
