import { Film, Layers, ShieldCheck, Sparkles } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import { openSample } from '../sample/open-sample.ts';
import { FileButton } from './file-button.tsx';
import { FolderButton } from './folder-button.tsx';

const UnfinishedBanner = lazy(() => import('../queue/unfinished-banner.tsx'));

const promises = [
  [ShieldCheck, 'drafts.private', 'drafts.privateText'],
  [Layers, 'drafts.complete', 'drafts.completeText'],
  [Sparkles, 'drafts.previewed', 'drafts.previewedText'],
] as const;

/** What a visitor sees first: one place to drop a video, and one click to see what comes of it. */
export function Welcome() {
  const t = useT();
  return (
    <div className="mx-auto max-w-4xl pt-6 sm:pt-14">
      <Suspense>
        <UnfinishedBanner />
      </Suspense>
      <h1 className="text-center text-3xl font-semibold tracking-tight text-balance sm:text-5xl">
        {t('drafts.headline')}
      </h1>
      <p className="mx-auto mt-4 max-w-2xl text-center text-balance text-muted sm:text-lg">
        {t('app.claim')}
      </p>
      <div className="mt-8 flex flex-col items-center rounded-3xl border-2 border-dashed border-strong-line bg-surface px-6 py-12 text-center sm:py-16">
        <Film size={44} strokeWidth={1.5} aria-hidden className="text-accent" />
        <p className="mt-4 text-lg font-semibold">{t('drafts.dropHere')}</p>
        <p className="mt-1 text-sm text-muted">{t('drafts.dropKinds')}</p>
        <div className="mt-6 flex flex-wrap justify-center gap-3">
          <FileButton className="button">{t('drafts.choose')}</FileButton>
          <SampleButton />
        </div>
        <div className="mt-3">
          <FolderButton className="button-bare" />
        </div>
      </div>
      <ul className="mt-10 grid gap-6 sm:grid-cols-3">
        {promises.map(([Icon, title, text]) => (
          <li key={title}>
            <Icon size={22} aria-hidden className="text-accent" />
            <p className="mt-2 font-semibold">{t(title)}</p>
            <p className="mt-1 text-sm text-muted">{t(text)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function SampleButton() {
  const t = useT();
  const [isLoading, setLoading] = useState(false);
  const open = async () => {
    setLoading(true);
    try {
      await openSample();
    } catch (error) {
      showFailure(error);
      setLoading(false);
    }
  };
  return (
    <button type="button" className="button-quiet" disabled={isLoading} onClick={() => void open()}>
      {t('drafts.trySample')}
    </button>
  );
}
