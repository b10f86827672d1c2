import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { useEffect, useState } from 'react';
import { useDrafts } from '../drafts/drafts-store.ts';
import { useT } from '../i18n/language.ts';

/** The exact settings as JSON: to read, copy, edit and paste. */
export function SpecText({ draftId, spec }: { draftId: string; spec: JobSpec }) {
  const t = useT();
  const setSpec = useDrafts((state) => state.setSpec);
  const [text, setText] = useState('');
  useEffect(() => setText(JSON.stringify(spec, null, 2)), [spec]);
  const apply = () => {
    let value: unknown = text;
    try {
      value = JSON.parse(text);
    } catch {
      // Text that is no JSON is refused by the same rule as any other value that is no spec.
    }
    setSpec(draftId, value);
  };
  return (
    <div className="flex flex-col gap-2">
      <textarea
        aria-label={t('settings.jsonText')}
        className="field h-64 font-mono text-xs"
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <button type="button" className="button-quiet" onClick={apply}>
          {t('settings.jsonUse')}
        </button>
        <button
          type="button"
          className="button-bare"
          onClick={() => void navigator.clipboard.writeText(text)}
        >
          {t('settings.jsonCopy')}
        </button>
      </div>
    </div>
  );
}
