import { useRef } from 'react';
import { useT } from '../i18n/language.ts';
import { filesOfInput } from '../sequence/dropped-files.ts';
import { takeIn } from './use-intake.ts';

/** What every browser knows, but not React's types. */
const wholeFolder = { webkitdirectory: '' };

/** Asks for a folder: its pictures become one sequence. */
export function FolderButton({ className }: { readonly className: string }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {t('sequence.chooseFolder')}
      </button>
      <input
        ref={input}
        type="file"
        {...wholeFolder}
        tabIndex={-1}
        aria-label={t('sequence.folderInput')}
        className="sr-only"
        onChange={({ target }) => {
          const found = filesOfInput(target.files ?? []);
          target.value = '';
          void takeIn(Promise.resolve(found));
        }}
      />
    </>
  );
}
