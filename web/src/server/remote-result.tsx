import { Download } from 'lucide-react';
import { type MouseEvent, useEffect, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { Problems } from '../app/problems.tsx';
import { useT } from '../i18n/language.ts';
import { ResultFrame } from '../job/result-frame.tsx';
import { ResultPlayer } from '../job/result-player.tsx';
import { canSaveTo } from '../job/save.ts';
import { useSourceFile } from '../job/use-source-file.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { type ReceivedSoFar, saveRemote } from './save-remote.ts';
import { ShareRemote } from './share-remote.tsx';
import { TransferBar } from './transfer-bar.tsx';
import { isStale, type RemoteResult, useRemoteResult } from './use-remote-result.ts';

/** A job that a server has finished: its files stay there until they are saved. */
export function RemoteResultView({ job }: { job: JobRecord }) {
  const t = useT();
  const result = useRemoteResult(job);
  const { error, renew } = result;
  const isGone = error?.code === 'JOB_MISSING' || error?.code === 'FILE_GONE';
  const player = (
    <>
      {result.job?.result && <RemotePlayer job={job} result={result} />}
      {isGone && <p className="card text-muted">{t('job.filesGone')}</p>}
      {error && !isGone && (
        <Problems
          problems={[error]}
          action={() => (
            <button type="button" className="button-quiet mt-2 flex" onClick={() => void renew()}>
              {t('server.tryNow')}
            </button>
          )}
        />
      )}
    </>
  );
  return <ResultFrame {...{ job, player }} actions={<SaveActions job={job} result={result} />} />;
}

/** Plays by a link until that does not hold any more, and then by the next. */
function RemotePlayer({ job, result }: { job: JobRecord; result: RemoteResult }) {
  const { client, renew } = result;
  const file = useSourceFile(job);
  const fresh = linksOf(result);
  const [used, setUsed] = useState(fresh);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    if (!isBroken || !fresh || fresh.result === used?.result) return;
    setUsed(fresh);
    setBroken(false);
  }, [isBroken, fresh, used]);
  if (!used) return null;
  const onBroken = () => {
    // What is not played by a link that holds is not played by the next one either.
    if (!isStale(used.result)) return;
    setBroken(true);
    void renew();
  };
  const url = client.link(used.result);
  return (
    <ResultPlayer
      {...{ job, url, onBroken }}
      source={file ?? client.link(used.source)}
      result={url}
    />
  );
}

const linksOf = ({ job }: RemoteResult) =>
  job?.result ? { result: job.result.link, source: job.links.source } : null;

function SaveActions({ job, result }: { job: JobRecord; result: RemoteResult }) {
  const t = useT();
  const { client, renew } = result;
  const [saved, setSaved] = useState<ReceivedSoFar | null>(null);
  const files = result.job?.result;
  if (!files) return null;
  const { fileName, bytes } = files;
  /** A link that may be over is exchanged before it is followed. */
  const onFollow = (event: MouseEvent<HTMLAnchorElement>, link: string) => {
    if (!isStale(link)) return;
    event.preventDefault();
    const anchor = event.currentTarget;
    void renew().then((found) => found && requestAnimationFrame(() => anchor.click()));
  };
  const link = async () => (await renew())?.result?.link ?? files.link;
  const save = () =>
    saveRemote(client, { fileName, bytes, link }, setSaved)
      .catch(showFailure)
      .finally(() => setSaved(null));
  return (
    <>
      {saved && <TransferBar label={t('job.saveTo')} text="server.saving" received={saved} />}
      <a
        className="button"
        href={client.link(files.link)}
        download={job.result?.fileName ?? fileName}
        onClick={(event) => onFollow(event, files.link)}
      >
        <Download size={16} aria-hidden />
        {t('job.saveVideo')}
      </a>
      {canSaveTo() && (
        <button
          type="button"
          className="button-quiet"
          disabled={saved !== null}
          onClick={() => void save()}
        >
          {t('job.saveTo')}
        </button>
      )}
      {files.sideFiles.map((file) => (
        <a
          key={file.fileName}
          className="button-quiet"
          href={client.link(file.link)}
          download={file.fileName}
          onClick={(event) => onFollow(event, file.link)}
        >
          {t('job.saveFile', { name: file.fileName })}
        </a>
      ))}
      <ShareRemote client={client} file={{ ...files, link }} />
    </>
  );
}
