import { useRef } from 'react';
import { useT } from '../i18n/language.ts';
import { filesOfInput } from '../sequence/dropped-files.ts';
import { canOpenHandles, openedFiles } from './file-handles.ts';
import { takeIn } from './use-intake.ts';

interface FileButtonProps {
  readonly className: string;
  readonly children: React.ReactNode;
}

/**
 * Asks for files. Where the browser has File System Access the files stay known after a reload; elsewhere, and for
 * tools that fill in forms, there is the plain input.
 */
export function FileButton({ className, children }: FileButtonProps) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={className}
        onClick={() => (canOpenHandles() ? void takeIn(openedFiles()) : input.current?.click())}
      >
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t('drafts.fileInput')}
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
