import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { useDrafts } from './drafts-store.ts';

interface KeepCopyProps {
  readonly draftId: string;
  readonly bytes: number;
  readonly isKept: boolean;
}

/** Where the browser gives no handle, only a copy lets a job go on without the user picking the file again. */
export function KeepCopy({ draftId, bytes, isKept }: KeepCopyProps) {
  const t = useT();
  const { setKeepsCopy } = useDrafts();
  return (
    <label className="flex items-start gap-2.5 px-1 text-sm text-muted">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-accent"
        checked={isKept}
        onChange={({ target }) => setKeepsCopy(draftId, target.checked)}
      />
      {t('drafts.keepCopy', { size: formatBytes(bytes) })}
    </label>
  );
}
