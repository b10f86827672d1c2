import { Monitor, Server } from 'lucide-react';
import { useEffect } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { useDrafts } from '../drafts/drafts-store.ts';
import { useEstimate } from '../estimate/estimate-store.ts';
import { type EstimateThere, secondsThere } from '../estimate/server-offer.ts';
import { formatBytes, formatDuration } from '../i18n/format.ts';
import { type Translate, useT } from '../i18n/language.ts';
import { ChoiceCards } from '../ui/choice-cards.tsx';
import { useServer } from './server-store.ts';

const refreshMs = 20_000;

/** Where the next jobs are done, with what each place would take. Shown only where there is something to choose. */
export function PlaceChoice({ draft }: { draft: Draft }) {
  const t = useT();
  const { host, setHost } = useDrafts();
  const assessment = useEstimate((state) => state.assessment);
  const { status, system, address, look } = useServer();
  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), refreshMs);
    return () => clearInterval(timer);
  }, [look]);
  const isReady = system !== null && status === 'ready';
  const isOffered = isReady || host.server !== undefined;
  if (!draft.inspection || !isOffered) return null;
  const { server, ...here } = host;
  const limitBytes = system?.limits.uploadBytes ?? Number.POSITIVE_INFINITY;
  const waiting = system ? system.queue.queued + system.queue.processing : 0;
  const hints = [
    ...(server ? [t('server.leaves', { server: new URL(server).host })] : []),
    ...(waiting > 0 ? [t('server.waiting', { count: waiting })] : []),
    ...(draft.file.size > limitBytes
      ? [t('server.tooLarge', { size: formatBytes(limitBytes) })]
      : []),
  ];
  const seconds = assessment?.estimate?.seconds;
  return (
    <div data-place={server ? 'server' : 'device'}>
      <ChoiceCards
        label={t('server.place')}
        isCompact
        value={server ? 'server' : 'device'}
        options={[
          {
            value: 'device',
            icon: <Monitor size={18} />,
            title: t('server.device'),
            text:
              seconds === undefined
                ? t('server.unknownTime')
                : t('server.about', { time: formatDuration(seconds) }),
          },
          {
            value: 'server',
            icon: <Server size={18} />,
            title: t('server.named', { name: system?.device.name ?? address }),
            text: isReady ? thereText(t, assessment?.there ?? null) : t('server.states.away'),
          },
        ]}
        onChoose={(place) => setHost(place === 'server' ? { ...here, server: address } : here)}
      />
      {hints.length > 0 && <p className="mt-1.5 text-xs text-muted">{hints.join(' ')}</p>}
    </div>
  );
}

function thereText(t: Translate, there: EstimateThere | null): string {
  if (!there) return t('server.unknownTime');
  const { uploadSeconds } = there;
  const time = formatDuration(secondsThere(there));
  return uploadSeconds === null
    ? t('server.about', { time })
    : t('server.aboutUpload', { time, upload: formatDuration(uploadSeconds) });
}
