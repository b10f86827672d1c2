import { AppWindow, CloudUpload, RefreshCw, Server, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { useQueue } from '../queue/queue-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import { BringHomeButton } from './bring-home-button.tsx';
import type { RemoteWork, UploadProgress } from './remote-work.ts';
import { ServerFields } from './server-fields.tsx';

/** What there is to say of a job that a server does, besides how far it is. */
export function RemoteLine({ job, work }: { job: JobRecord; work: RemoteWork }) {
  const t = useT();
  const isElsewhere = useQueue(({ remote }) => !remote.has(job.id));
  const { phase, upload, jobsAhead } = work;
  if (isElsewhere) return <ElsewhereLine work={work} />;
  if (phase === 'away') return <AwayLine job={job} />;
  if (phase === 'needsToken') return <TokenLine job={job} />;
  if (phase === 'upload' && upload) return <UploadLine upload={upload} />;
  if (phase === 'waiting') return null;
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      <Server size={18} aria-hidden className="shrink-0 text-accent" />
      <span>
        {t('server.goesOn')}
        {phase === 'queued' && jobsAhead ? ` (${t('server.jobsAhead', { count: jobsAhead })})` : ''}
      </span>
    </p>
  );
}

function UploadLine({ upload }: { upload: UploadProgress }) {
  const t = useT();
  const { sentBytes, totalBytes, bytesPerSecond } = upload;
  const sent = { sent: formatBytes(sentBytes), total: formatBytes(totalBytes) };
  return (
    <p className="flex items-center gap-2 text-sm text-muted tabular-nums">
      <CloudUpload size={18} aria-hidden className="shrink-0 text-accent" />
      {t('server.sentOf', sent)}
      {bytesPerSecond > 0 && `, ${t('server.perSecond', { size: formatBytes(bytesPerSecond) })}`}
    </p>
  );
}

/** What is to be done for it is done in the other tab. */
function ElsewhereLine({ work: { phase, upload } }: { work: RemoteWork }) {
  const t = useT();
  return (
    <>
      {phase === 'upload' && upload && <UploadLine upload={upload} />}
      <p className="flex items-center gap-2 text-sm text-muted" data-phase="elsewhere">
        <AppWindow size={18} aria-hidden className="shrink-0 text-accent" />
        {t('server.elsewhere')}
      </p>
    </>
  );
}

const alertLine =
  'flex flex-wrap items-center gap-2.5 rounded-xl border border-warn bg-warn-soft p-3 text-sm';

function AwayLine({ job }: { job: JobRecord }) {
  const t = useT();
  const tryServers = useQueue((state) => state.tryServers);
  return (
    <div className={alertLine} data-phase="away">
      <TriangleAlert size={18} aria-hidden className="shrink-0 text-warn" />
      <span className="min-w-0 grow basis-48">{t('server.goesOnWhenBack')}</span>
      <button type="button" className="button-quiet" onClick={tryServers}>
        <RefreshCw size={16} aria-hidden />
        {t('server.tryNow')}
      </button>
      <BringHomeButton job={job} />
    </div>
  );
}

function TokenLine({ job }: { job: JobRecord }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={alertLine} data-phase="needsToken">
      <TriangleAlert size={18} aria-hidden className="shrink-0 text-warn" />
      <span className="min-w-0 grow basis-48">{t('server.goesOnWithToken')}</span>
      <button type="button" className="button-quiet" onClick={() => setOpen(true)}>
        {t('server.enterToken')}
      </button>
      <BringHomeButton job={job} />
      {isOpen && (
        <Dialog title={t('server.title')} isOpen onClose={() => setOpen(false)}>
          <ServerFields onConnected={() => setOpen(false)} />
        </Dialog>
      )}
    </div>
  );
}
