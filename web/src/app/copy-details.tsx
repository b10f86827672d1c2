import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../i18n/language.ts';
import { bugReport } from './bug-report.ts';

export function CopyDetails({ error }: { error: ErrorReport }) {
  const t = useT();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(await bugReport(error));
    setCopied(true);
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <button type="button" className="button-bare" onClick={() => void copy()}>
      <Icon size={16} aria-hidden />
      {isCopied ? t('error.copied') : t('error.copy')}
      <span className="font-mono text-xs">{error.code}</span>
    </button>
  );
}
