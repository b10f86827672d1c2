import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { useState } from 'react';
import { useApp } from './store.ts';

/** The exact settings as JSON: to read, copy, edit and paste. */
export function SpecText({ spec }: { spec: JobSpec }) {
  const { setSpec } = useApp();
  const [text, setText] = useState(() => JSON.stringify(spec, null, 2));
  const apply = () => {
    try {
      setSpec(JSON.parse(text));
    } catch {
      setSpec(text);
    }
  };
  return (
    <details className="sm:col-span-2">
      <summary>Exact settings (JSON)</summary>
      <textarea
        aria-label="Settings as JSON"
        className="field mt-3 h-64 font-mono text-sm"
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="button" className="button-quiet mt-2" onClick={apply}>
        Use these settings
      </button>
    </details>
  );
}
