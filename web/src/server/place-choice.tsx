import { useEffect } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { useDrafts } from '../drafts/drafts-store.ts';
import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import { Segments } from '../ui/segments.tsx';
import { mayLeave } from './may-leave.ts';
import { useServer } from './server-store.ts';

const refreshMs = 20_000;

/** Where the next jobs are done. Shown only where there is something to choose. */
export function PlaceChoice({ draft }: { draft: Draft }) {
  const t = useT();
  const { host, setHost } = useDrafts();
  const { status, system, address, look } = useServer();
  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), refreshMs);
    return () => clearInterval(timer);
  }, [look]);
  const isOffered = system !== null && status === 'ready';
  if (!draft.inspection || (!isOffered && !host.server)) return null;
  if (!mayLeave(draft.inspection.facts)) {
    return host.server ? <p className="text-xs text-muted">{t('server.sequences')}</p> : null;
  }
  const { server, ...here } = host;
  const name = system?.device.name ?? address;
  const limitBytes = system?.limits.uploadBytes ?? Number.POSITIVE_INFINITY;
  return (
    <div className="flex flex-col gap-1.5" data-place={server ? 'server' : 'device'}>
      <Segments
        label={t('server.place')}
        value={server ? 'server' : 'device'}
        options={[
          ['device', t('server.device')],
          ['server', t('server.named', { name })],
        ]}
        onChoose={(place) => setHost(place === 'server' ? { ...here, server: address } : here)}
      />
      {server && (
        <p className="text-xs text-muted">
          {draft.file.size > limitBytes
            ? t('server.tooLarge', { size: formatBytes(limitBytes) })
            : t('server.leaves', { server: new URL(server).host })}
        </p>
      )}
    </div>
  );
}
